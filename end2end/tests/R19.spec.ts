import { Board } from "../support/board.ts";
import { approved } from "../support/working.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R19 the company sees each move live: who, when, from where to where, after how long", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss", "Tern Labs"]);
  const theirs = await new Board(here.admin).open(`/c/${here.program}/deals`);
  const ours = await new Board(here.partner).open(`/p/${here.membership}/deals`);
  await theirs.expectIn("Qualified", "Hale & Moss");
  // R3: the company has no handle.
  await expect(here.admin.locator(".deal-card__handle")).toHaveCount(0);
  await here.admin.getByLabel("Search deals").focus();

  await ours.drag("Hale & Moss", "Proposal");
  await expect(theirs.column("Proposal").getByText("Hale & Moss")).toBeVisible({ timeout: 2_000 });
  expect(await theirs.count("Qualified")).toBe(1);
  const news = here.admin.locator(".board__news");
  await expect(news).toContainText("moved the deal from Qualified to Proposal, after less than a minute");
  await expect(news).toContainText(here.partnerPerson.name);
  await expect(news.getByRole("time").or(news.locator("time"))).toHaveText(/\d{1,2}:\d{2}/);
  // Another's move does not take the focus.
  await expect(here.admin.getByLabel("Search deals")).toBeFocused();
});
