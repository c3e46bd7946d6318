import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { awake, colleague, keeping, openDraft, whileSaveIsHeld } from "../support/drafts.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { world, type World } from "../support/world.ts";

const OMAR = "Omar Reyes";

const input = (page: Page, name: string): Locator => page.locator(`[name="${name}"]`);
const clashes = (page: Page): Locator => page.locator("[data-part=clashes]");

/** A draft that was begun by the first person; gives its address. */
async function begun(it: World, customer: string): Promise<string> {
  const page = it.partner;
  await openPage(page, it.membership);
  await awake(page);
  await keeping(page, () => input(page, "customer").fill(customer));
  return page.url();
}

test("a draft is its team's: the list and the form say who edits it, and what each types comes together", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const first = it.partner;
  const nadia = it.partnerPerson.name;
  const second = await colleague(it, await newBrowser(), OMAR);
  await begun(it, "Shared Works");

  await second.goto(`/p/${it.membership}/summary`);
  const line = second.getByRole("listitem").filter({ hasText: "Shared Works" });
  await expect(line).toContainText(`${nadia} edits it now`);
  await expectAccessible(second);
  await line.getByRole("link", { name: "Shared Works" }).click();
  await awake(second);
  await expect(input(second, "customer")).toHaveValue("Shared Works");
  await expect(second.getByText(`${nadia} is editing: Customer name`, { exact: true })).toBeVisible();
  await input(second, "contact_name").focus();
  await expect(first.getByText(`${OMAR} is editing: Contact name`, { exact: true })).toBeVisible();
  await expectAccessible(first);

  // Who types something else sees it come in, and keeps the focus.
  await input(first, "need").focus();
  await input(second, "contact_name").fill("Ada Hale");
  await expect(input(first, "contact_name")).toHaveValue("Ada Hale");
  await expect(input(first, "need")).toBeFocused();
  await whileSaveIsHeld(
    first,
    () => input(first, "need").fill("Storage."),
    () => keeping(second, () => input(second, "country").selectOption("DE")),
  );
  await expect(input(first, "country")).toHaveValue("DE");
  await expect(input(first, "need")).toHaveValue("Storage.");
  await expect(input(second, "need")).toHaveValue("Storage.");
  await expect(clashes(first)).toBeEmpty();
  await expect(clashes(second)).toBeEmpty();

  // Who goes is no longer said to be there.
  await second.goto(`/p/${it.membership}/deals`);
  await expect(first.getByText(/Omar Reyes is editing/)).toHaveCount(0);
});

test("where two answer one question both answers are shown, and nothing is overwritten until one is chosen", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const first = it.partner;
  const second = await colleague(it, await newBrowser(), OMAR);
  await openDraft(second, await begun(it, "Hale"));

  await whileSaveIsHeld(
    first,
    () => input(first, "customer").fill("Hale North"),
    () => keeping(second, () => input(second, "customer").fill("Hale South")),
  );
  for (const text of [OMAR, "Hale North", "Hale South"]) {
    await expect(clashes(first)).toContainText(text);
  }
  await expect(input(first, "customer")).toHaveValue("Hale North");
  await expect(input(second, "customer")).toHaveValue("Hale South");
  await expect(clashes(second)).toBeEmpty();
  await expectAccessible(first);
  await submitButton(first).click();
  await expect(clashes(first)).toBeFocused();

  // Nor does a reload choose.
  await first.reload();
  await awake(first);
  await expect(clashes(first)).toContainText("Hale South");
  await expect(input(first, "customer")).toHaveValue("Hale North");
  await first.getByRole("button", { name: "Keep mine: Customer name" }).click();
  await expect(clashes(first)).toBeEmpty();
  await expect(input(second, "customer")).toHaveValue("Hale North");

  await whileSaveIsHeld(
    second,
    () => input(second, "customer").fill("Hale East"),
    () => keeping(first, () => input(first, "customer").fill("Hale West")),
  );
  await second.getByRole("button", { name: "Take theirs: Customer name" }).click();
  await expect(input(second, "customer")).toHaveValue("Hale West");
  await expect(clashes(second)).toBeEmpty();
  await expect(input(first, "customer")).toHaveValue("Hale West");
});

test("a draft that one sends while another types is one deal, and the other is told", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 409/);
  const it = await world(server, newBrowser);
  const first = it.partner;
  const second = await colleague(it, await newBrowser(), OMAR);
  await openDraft(second, await begun(it, "Sent Once"));
  await keeping(first, () => fill(first, "Sent Once"));
  await expect(input(second, "country")).toHaveValue("DE");
  await input(second, "need").fill("Storage.");
  await expect(input(first, "need")).toHaveValue("Storage.");

  await submitButton(first).click();
  await expect(first).toHaveURL(/\/registered/);
  const told = second.locator("[data-part=sent-meanwhile]");
  await expect(told).toContainText("This deal was sent meanwhile");
  await input(second, "need").fill("Too late.");
  await expect(second.locator("[data-part=save-state]")).toContainText("Not saved");
  await expectAccessible(second);
  await told.getByRole("link", { name: "Open the deal" }).click();
  await expect(second.locator("[data-part=answers]")).toContainText("Storage.");
  await second.goto(`/p/${it.membership}/deals`);
  await expect(second.getByRole("link", { name: /Sent Once/ })).toHaveCount(1);
});
