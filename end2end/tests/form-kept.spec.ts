import type { Page } from "@playwright/test";
import { openPage, submitButton, fill } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

/** From here on drafts do not get through, neither while typing nor on leaving; gives the way back. */
async function cutOff(page: Page): Promise<() => Promise<void>> {
  const context = page.context();
  await context.route("**/api/keep_draft", (route) => route.abort());
  await context.route("**/deals", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  return () => context.unrouteAll();
}

test("what was typed without a connection survives a reload, is sent when it is back, and makes one deal", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/net::ERR_FAILED/);
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Cut Off Ltd");
  await expect(page.locator("[data-part=save-state]")).toContainText("Saved");
  const back = await cutOff(page);
  await page.getByLabel("Contact name").fill("Ada Hale");
  await expect(page.locator("[data-part=save-state]")).toContainText("Not saved");
  await page.getByLabel("What does the customer need?").fill("A second line.");
  await page.reload();
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(page.getByLabel("Contact name")).toHaveValue("Ada Hale");
  await expect(page.getByLabel("What does the customer need?")).toHaveValue("A second line.");

  await back();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.locator("[data-part=save-state]")).toContainText("Saved");
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("draft.")))).toEqual([]);
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]")).toContainText("A second line.");
  await page.goto(`/p/${it.membership}/deals`);
  await expect(page.getByRole("link", { name: /Cut Off Ltd/ })).toHaveCount(1);
});

test("a page that is left at once has sent what was typed, and nothing when nothing was", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  await page.goto("/");
  await openPage(page, it.membership);
  const form = page.url();
  await page.getByLabel("Customer name").fill("In A Hurry Ltd");
  await page.goto("/");
  // Another browser of the same person has nothing but what the server has.
  const other = await newBrowser({ storageState: { cookies: await page.context().cookies(), origins: [] } });
  await expect(async () => {
    await other.goto(form);
    await expect(other.getByLabel("Customer name")).toHaveValue("In A Hurry Ltd", { timeout: 1_000 });
  }).toPass();
  await other.goto(`/p/${it.membership}/deals?view=list`);
  await expect(other.getByRole("row", { name: "In A Hurry Ltd" })).toHaveCount(1);
  await expect(other.getByRole("row", { name: "Unnamed draft" })).toHaveCount(0);
});

test("a draft that a colleague saved meanwhile is not overwritten by an older copy", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/net::ERR_FAILED/);
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  const form = page.url();
  await page.getByLabel("Customer name").fill("First Words Ltd");
  await expect(page.locator("[data-part=save-state]")).toContainText("Saved");
  const back = await cutOff(page);
  await page.getByLabel("Customer name").fill("Never Sent Ltd");
  await expect(page.locator("[data-part=save-state]")).toContainText("Not saved");

  const other = await newBrowser({ storageState: { cookies: await page.context().cookies(), origins: [] } });
  await other.goto(form);
  await other.locator("form[aria-label=Registration][data-ready]").waitFor();
  await other.getByLabel("Customer name").fill("The Colleague Ltd");
  await expect(other.locator("[data-part=save-state]")).toContainText("Saved");
  await page.reload();
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  // Both are shown, and nothing is sent before one is chosen.
  const choice = page.locator("[data-part=clashes]");
  await expect(choice).toContainText("Never Sent Ltd");
  await expect(choice).toContainText("The Colleague Ltd");
  await back();
  await choice.getByRole("button", { name: "Take theirs: Customer name" }).click();
  await expect(page.locator("[name=customer]")).toHaveValue("The Colleague Ltd");
  await expect(other.getByLabel("Customer name")).toHaveValue("The Colleague Ltd");
});
