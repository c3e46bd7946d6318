import { complete, fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { type World, callJson, world } from "../support/world.ts";

async function waiting(it: World): Promise<number> {
  const { body } = await callJson(it.partner, "program_summary", { membership: it.membership });
  return (body as { view: { numbers: { waiting: number } } }).view.numbers.waiting;
}

test("R14 double click, resend and the way back make one deal", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await page.goto(`/p/${it.membership}/deals`);
  await openPage(page, it.membership);
  const key = new URL(page.url()).searchParams.get("key") ?? "";
  const version = await page.locator("input[name=_form]").inputValue();
  await fill(page, "Once Only Ltd");
  await submitButton(page).dblclick();

  await expect(page.getByRole("heading", { name: "Deal registered" })).toBeVisible();
  const panel = page.locator("[data-part=confirmation]");
  await expect(panel.locator(".confirmation__number")).toHaveText(/-\d+$/);
  await expect(panel.locator("time").first()).toHaveAttribute("datetime", /^\d{4}-/);
  const confirmation = page.url();

  // The same form once more, past the page: the same deal.
  const command = { submit_key: key, form_version: version, answers: complete("Once Only Ltd") };
  const again = await callJson(page, "register_deal", { membership: it.membership, command });
  expect(again.status).toBe(200);
  expect(confirmation.endsWith(String(again.body))).toBe(true);

  // The address of the form leads to what it became.
  await page.goto(`/p/${it.membership}/deals/new?key=${key}`);
  await expect(page).toHaveURL(confirmation);
  await page.goBack();
  await expect(submitButton(page)).toHaveCount(0);
  expect(await waiting(it)).toBe(1);
});

test("R14 the draft keeps itself and survives a reload", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Draft & Co");
  await expect(page.locator("[data-part=save-state]")).toContainText(/Saved \d\d:\d\d/, { timeout: 3_000 });
  await page.reload();
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(page.getByLabel("Customer name")).toHaveValue("Draft & Co");
  await expect(page.getByLabel("Country")).toHaveValue("DE");

  await page.goto(`/p/${it.membership}/summary`);
  await page.getByRole("link", { name: "Draft & Co" }).click();
  await expect(page.getByLabel("Customer name")).toHaveValue("Draft & Co");
});

test("R14 without wasm a plain form post registers once, and errors keep what was typed", async ({
  server,
  newBrowser,
  browser,
}) => {
  const it = await world(server, newBrowser);
  const storageState = await it.partner.context().storageState();
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false, storageState });
  const page = await context.newPage();
  await page.goto(`/p/${it.membership}/deals/new`);
  await page.getByLabel("Customer name").fill("Plain Post Ltd");
  await submitButton(page).click();
  await expect(page).toHaveURL(/check=1/);
  await expect(page.getByRole("link", { name: "Enter expected close date" })).toBeVisible();
  await expect(page.getByLabel("Customer name")).toHaveValue("Plain Post Ltd");
  await fill(page, "Plain Post Ltd");
  await submitButton(page).click();
  await expect(page).toHaveURL(/\/registered$/);
  await expect(page.getByRole("heading", { name: "Deal registered" })).toBeVisible();
  expect(await waiting(it)).toBe(1);
  await context.close();
});
