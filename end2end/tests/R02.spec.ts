import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R02 a deal names a customer and an expectation", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "");
  await submitButton(page).click();
  await expect(page.locator("#customer-error")).toContainText("Enter customer name");
  await expect(page.getByLabel("Customer name")).toHaveAttribute("aria-invalid", "true");

  await page.getByLabel("Customer name").fill("Tern Labs");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tern Labs" })).toBeVisible();
  const facts = page.locator("[data-part=facts]");
  await expect(facts).toContainText("EUR 12,000");
  await expect(facts).toContainText("31 Jan 2031");
});
