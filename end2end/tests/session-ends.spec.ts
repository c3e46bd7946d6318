import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { signIn, world } from "../support/world.ts";

test("a session that ends while somebody fills in the form loses nothing that was typed", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 401/);
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Fern Optics");
  // Signed out elsewhere, or the session's days are over.
  await page.context().clearCookies();
  await submitButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "You are signed out" })).toBeVisible();
  await expect(page.getByLabel("Customer name")).toHaveValue("Fern Optics");
  await expect(page.getByLabel("Expected close date")).toHaveValue("2031-01-31");

  // Signed in again in another tab of the same browser, the form that still stands there is sent.
  const tab = await page.context().newPage();
  await signIn(tab, it.partnerPerson);
  await tab.close();
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Deal registered" })).toBeVisible();
});
