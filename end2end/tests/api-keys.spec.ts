import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, world } from "../support/world.ts";

/** What the API answers to that key. */
async function ask(request: APIRequestContext, base: string, key: string, path: string) {
  const answer = await request.get(`${base}/api/v1${path}`, { headers: { Authorization: `Bearer ${key}` } });
  return { status: answer.status(), body: (await answer.json()) as Record<string, unknown> };
}

/** Fills in the form and gives the key that is shown. */
async function makeKey(page: Page, name: string, scopes: string[]): Promise<string> {
  await page.getByLabel(/^What is it for/).fill(name);
  for (const scope of scopes) {
    await page.getByLabel(scope).check();
  }
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(page.getByText(`The key for ${name} is ready`)).toBeVisible();
  return page.getByRole("textbox", { name: "API key" }).inputValue();
}

test("an owner makes a key, a program uses it, and revoking ends it", { tag: "@postgres" }, async ({
  server,
  newBrowser,
  request,
}) => {
  const w = await world(server, newBrowser);
  const page = w.partner;
  await page.goto("/");
  const home = (await call(page, "home")).body as { partners: [string, string, string][] };
  const team = home.partners[0]?.[0] ?? "";
  await page.goto(`/team/${team}`);
  await ready(page);
  await page.getByRole("link", { name: "API keys" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API keys" })).toBeVisible();
  await expect(page.getByText("No key yet")).toBeVisible();
  await ready(page);
  await expectAccessible(page);

  const key = await makeKey(page, "CRM sync", ["Register deals"]);
  expect(key).toMatch(/^dbk_[0-9a-f]{64}$/);
  // A keyboard goes on from the key, not from the button that made it.
  await expect(page.locator("[data-part=news]")).toBeFocused();
  const row = page.getByRole("listitem").filter({ hasText: "CRM sync" });
  await expect(row).toContainText(key.slice(-4));
  await expect(row).toContainText("Read, register");
  await expect(row).toContainText("Never used");
  await expectAccessible(page);

  const programs = await ask(request, server.url, key, "/programs");
  expect(programs.status).toBe(200);
  expect(programs.body["items"]).toHaveLength(1);
  await page.reload();
  await ready(page);
  await expect(page.getByRole("textbox", { name: "API key" })).toHaveCount(0);
  await expect(row).toContainText("Last used");

  await row.getByRole("button", { name: "Revoke CRM sync" }).click();
  await page.getByRole("button", { name: "Yes: Revoke CRM sync" }).click();
  await expect(row).toContainText("Revoked");
  const refused = await ask(request, server.url, key, "/programs");
  expect(refused.status).toBe(401);
  expect(refused.body["code"]).toBe("signed_out");
});

test("a key needs a name, and its page fits a phone", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 422/);
  const w = await world(server, newBrowser);
  const page = w.admin;
  await page.goto("/");
  const home = (await call(page, "home")).body as { companies: [string, string, string][] };
  const company = home.companies[0]?.[0] ?? "";
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/company/${company}/keys`);
  await ready(page);
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("link", { name: "Enter what the key is for" }).click();
  await expect(page.locator("#key-name")).toBeFocused();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});

test("without WebAssembly a key is made and shown once", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const home = (await call(w.admin, "home")).body as { companies: [string, string, string][] };
  const company = home.companies[0]?.[0] ?? "";
  const cookies = await w.admin.context().cookies();
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await plain.goto(`${server.url}/company/${company}/keys`);
  await plain.getByLabel(/^What is it for/).fill("Nightly export");
  await plain.getByRole("button", { name: "Make a key" }).click();
  await expect(plain.getByText("The key is ready")).toBeVisible();
  await expect(plain.getByRole("textbox", { name: "API key" })).toHaveValue(/^dbk_[0-9a-f]{64}$/);
  await plain.reload();
  await expect(plain.getByRole("textbox", { name: "API key" })).toHaveCount(0);
  await expect(plain.getByRole("listitem").filter({ hasText: "Nightly export" })).toBeVisible();
});

test("the API's page tells how to use it, in both schemes and on a phone", async ({ page }) => {
  await page.goto("/api/v1/docs");
  await expect(page.getByRole("heading", { level: 1, name: "API" })).toBeVisible();
  const register = page.locator("#register_deal");
  await register.locator("summary").click();
  await expect(register).toContainText("Idempotency-Key");
  await register.getByRole("link", { name: "NewDeal" }).click();
  await expect(page.getByRole("heading", { level: 3, name: "NewDeal" })).toBeInViewport();
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Webhooks" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Webhooks" })).toBeInViewport();
  await expect(page.locator("section[aria-labelledby=webhooks]")).toContainText("deal.stage_moved: A deal moves to another stage");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  const table = page.locator(".table-wrap[aria-label=Problems]");
  expect(await table.evaluate((wrap) => wrap.scrollWidth - wrap.clientWidth)).toBeLessThanOrEqual(0);
  const answer = await page.request.get("/api/v1/openapi.json");
  expect(((await answer.json()) as Record<string, unknown>)["openapi"]).toBe("3.1.0");
});
