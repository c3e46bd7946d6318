import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { expect, test } from "../support/test.ts";
import { decided, register } from "../support/working.ts";
import { world } from "../support/world.ts";

test("a column is ordered by value: kept in the address, and a drop goes where the order puts it", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  const page = here.partner;
  const byValue = ["Large Tern", "Middle Tern", "Small Tern"];
  for (const [customer, value] of [
    ["Large Tern", "90000"],
    ["Small Tern", "100"],
    ["Middle Tern", "5000"],
  ] as const) {
    await register(here, customer, value);
    await decided(here, customer, "approve");
  }
  const board = await new Board(page).open(`/p/${here.membership}/deals`);
  await page.getByRole("button", { name: "Order of Qualified: as placed", exact: true }).click();
  const menu = page.locator(".menu__list:popover-open");
  await expect(menu.getByRole("link", { name: "As placed" })).toHaveAttribute("aria-current", "true");
  await expectAccessible(page);
  await menu.getByRole("link", { name: "Value", exact: true }).click();
  await expect(page).toHaveURL(/order=/);
  await expect(page.getByRole("button", { name: "Order of Qualified: value", exact: true })).toBeVisible();
  await expect.poll(() => board.names("Qualified")).toEqual(byValue);
  expect(await board.count("Qualified")).toBe(3);
  await page.reload();
  await board.awake();
  expect(await board.names("Qualified")).toEqual(byValue);

  await board.choose("Small Tern", "To the top");
  await expect(board.toast).toContainText("Qualified is ordered by value, so Small Tern stays where it is.");
  expect(await board.names("Qualified")).toEqual(byValue);

  await board.choose("Middle Tern", "Proposal");
  await expect(board.toast.last()).toContainText("Moved Middle Tern to Proposal.");
  await expect.poll(() => board.names("Qualified")).toEqual(["Large Tern", "Small Tern"]);
  await board.choose("Middle Tern", "Qualified");
  await expect(board.toast.last()).toContainText("Moved Middle Tern to Qualified.");
  await expect.poll(() => board.names("Qualified")).toEqual(byValue);
});
