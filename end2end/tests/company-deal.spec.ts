import { registered, verdict, won } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, done, world } from "../support/world.ts";

test("a refused extension says why, where it was asked for", async ({ server, newBrowser, problems }) => {
  problems.allow(/409|Failed to load resource|ERR_FAILED/);
  const w = await world(server, newBrowser);
  const deal = await registered(w, "Twice Extended");
  await verdict(w, deal, "approve");
  const page = w.admin;
  await page.goto(`/c/${w.program}/deals/${deal}`);
  await ready(page);
  // The page does not hear that somebody else was first.
  await page.route("**/api/company_deal", (route) => route.abort());
  const version = await page.locator("form:has-text('Extend the protection') input[name=version]").inputValue();
  await done(call(page, "extend_deal", { program: w.program, deal, version }));
  await page.getByRole("button", { name: "Extend the protection" }).click();
  await expect(page.getByRole("alert")).toContainText("Your change was not saved.");
});

test("the company's page speaks to the company", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await won(w, "Tern Labs");
  await w.admin.goto(`/c/${w.program}/deals/${deal}`);
  await expect(w.admin.getByText("The win waits for your confirmation")).toBeVisible();
  await w.partner.goto(`/p/${w.membership}/deals/${deal}`);
  await expect(w.partner.getByText("The win waits for the company\u2019s confirmation")).toBeVisible();
});
