import type { Page } from "@playwright/test";
import { fill, openPage, registered, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

/** Holds the button down until `meanwhile` is over and painted, and lets it go. */
async function pressLong(page: Page, meanwhile: () => Promise<unknown>): Promise<void> {
  const button = submitButton(page);
  await button.hover();
  const over = meanwhile();
  await page.mouse.down();
  await over;
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.mouse.up();
}

test("a press counts though something came up above the button as the field was left", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await registered(it, "Tern Labs");
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "");
  await page.getByLabel("Contact email address").fill("nobody");
  await pressLong(page, async () => {});
  await expect(page.locator("#error-summary")).toContainText("Enter customer name");
  await expect(page.locator("#contact_email-error")).toBeVisible();

  await page.getByLabel("Contact email address").fill("ada@tern.example");
  await page.getByLabel("Customer name").fill("Tern Labs");
  await pressLong(page, () => page.waitForResponse("**/api/ask_conflict"));
  await expect(page.getByRole("heading", { level: 1, name: "Deal registered" })).toBeVisible();
});
