import { expectAccessible } from "../support/accessible.ts";
import { expectValidHtml } from "../support/html.ts";
import { expect, ready, test } from "../support/test.ts";

test("a page from the server comes alive in the browser", { tag: "@postgres" }, async ({ page, problems }) => {
  problems.allow(/422/);
  await page.goto("/signin");
  await ready(page);
  await page.getByRole("button", { name: "Sign in" }).click();
  // The same page, not a new one: the answer arrived without leaving it.
  await expect(page.getByRole("link", { name: "Enter your email address" })).toBeVisible();
  await expect(page).toHaveURL("/signin");
});

test("an unknown address is answered with 404 and a way back", async ({ page, problems }) => {
  problems.allow(/404/);
  const response = await page.goto("/no/such/page");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
  await expectAccessible(page);
});

test("the sign-in page is valid and accessible", async ({ page, request }) => {
  await expectValidHtml(request, "/signin");
  await page.goto("/signin");
  await expectAccessible(page);
});

test("the site's own files are cached for good, in a folder of their version", async ({ page, request }) => {
  await page.goto("/signin");
  const styles = await page.locator("link[rel=stylesheet]").getAttribute("href");
  expect(styles).toMatch(/^\/pkg-[0-9a-f]{16}\/dealboard\.css$/);
  const response = await request.get(styles ?? "");
  expect(response.headers()["cache-control"]).toContain("immutable");
  expect(response.headers()["vary"]).toContain("accept-encoding");
});
