import type { Page } from "@playwright/test";
import { expect, ready, test } from "../support/test.ts";
import { call, joinAs, newProgram, next, signIn, world } from "../support/world.ts";

const PASSWORD = "correct horse battery";

/** Presses the button that makes a link, and gives the link's path. */
async function linkFrom(page: Page, section: string): Promise<string> {
  const link = page.getByRole("region", { name: section }).getByLabel("Link", { exact: true });
  await expect(link).toHaveValue(/^http/);
  return new URL(await link.inputValue()).pathname;
}

test("a partner is invited, makes an account and lands on the dashboard", { tag: "@postgres" }, async ({
  server,
  newBrowser,
  page,
  problems,
}) => {
  problems.allow(/status of 422/);
  const { admin, program } = await world(server, newBrowser);
  const name = `Hale ${next()}`;
  const email = `max-${process.pid}-${next()}@hale.example`;
  await admin.goto(`/c/${program}/partners`);
  await ready(admin);
  await admin.getByLabel(/^Partner\b/).fill(name);
  await admin.getByLabel("Email address").fill(email);
  await admin.getByRole("button", { name: "Make an invitation link" }).click();
  const path = await linkFrom(admin, "Invite a partner");
  await expect(admin.getByRole("region", { name: "Open invitations" })).toContainText(email);

  await page.goto(path);
  await ready(page);
  await expect(page.getByText(`Mara Lind invites ${name}`)).toBeVisible();
  await page.getByLabel("Your name").fill("Max Hale");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Make the account and accept" }).click();
  await expect(page.getByRole("link", { name: "Enter a password of 12 characters or more" })).toBeVisible();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account and accept" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();
  // The company sees them come without asking.
  await expect(admin.getByText(name, { exact: false }).first()).toBeVisible();
});

test("the link works once", async ({ server, newBrowser, page, problems }) => {
  problems.allow(/404/);
  const { admin, program } = await world(server, newBrowser);
  const other = await newBrowser();
  const email = `once-${process.pid}-${next()}@hale.example`;
  const link = (await call(admin, "invite_partner", { program, partner_name: "Once", email })).body as { path: string };
  const token = link.path.split("/").pop() ?? "";
  await other.goto(link.path);
  expect((await call(other, "join", { token, name: "One", password: PASSWORD })).status).toBe(200);
  const response = await page.goto(link.path);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
});

test("signing in leads back to the page that was asked for, and out again", async ({ server, newBrowser, page }) => {
  const { membership, partnerPerson } = await world(server, newBrowser);
  await page.goto(`/p/${membership}/deals?sort=value`);
  await expect(page).toHaveURL(/\/signin\?to=/);
  await ready(page);
  await page.getByLabel("Email address").fill(partnerPerson.email.toUpperCase());
  await page.getByLabel("Password").fill(partnerPerson.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/deals\?sort=value$/);
  await ready(page);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/signin");
  await page.goto("/");
  await expect(page).toHaveURL("/signin");
});

test("another site is never returned to", async ({ server, newBrowser, page }) => {
  const { partnerPerson } = await world(server, newBrowser);
  await page.goto("/signin?to=//evil.example/");
  await ready(page);
  await page.getByLabel("Email address").fill(partnerPerson.email);
  await page.getByLabel("Password").fill(partnerPerson.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(server.url);
});

test("guessing a password is stopped, and says so", async ({ server, newBrowser, page, problems }) => {
  problems.allow(/422|429/);
  const { partnerPerson } = await world(server, newBrowser);
  await page.goto("/signin");
  await ready(page);
  for (let tries = 0; tries < 10; tries += 1) {
    const { status } = await call(page, "sign_in", { email: partnerPerson.email, password: "wrong horse battery" });
    expect(status).toBe(422);
  }
  await page.getByLabel("Email address").fill(partnerPerson.email);
  await page.getByLabel("Password").fill(partnerPerson.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("Too many tries");
});

test("known and unknown accounts are answered alike", async ({ server, newBrowser, page, problems }) => {
  problems.allow(/422/);
  const { partnerPerson } = await world(server, newBrowser);
  await page.goto("/signin");
  const known = await call(page, "sign_in", { email: partnerPerson.email, password: "wrong horse battery" });
  const unknown = await call(page, "sign_in", { email: "nobody@nowhere.example", password: "wrong horse battery" });
  const whole = (answer: unknown): string => JSON.stringify(answer, (key, value: unknown) => (/request/.test(key) ? "" : value));
  expect(whole(known)).toBe(whole(unknown));
});

test("sessions are listed, and the others signed out", async ({ server, newBrowser, page }) => {
  const { partner, partnerPerson } = await world(server, newBrowser);
  await signIn(page, partnerPerson);
  await page.goto("/account/sessions");
  await ready(page);
  await expect(page.getByText("This browser")).toHaveCount(1);
  await page.getByRole("button", { name: "Sign out others" }).click();
  await expect(page.getByRole("button", { name: "Sign out others" })).toHaveCount(0);
  await partner.goto("/");
  await expect(partner).toHaveURL("/signin");
});

test("a password is changed with the old one", async ({ server, newBrowser, page, problems }) => {
  problems.allow(/422/);
  // The person's other session has ended; its page may notice before the test does.
  problems.allow(/status of 401/);
  const { partnerPerson } = await world(server, newBrowser);
  await signIn(page, partnerPerson);
  await page.goto("/account/sessions");
  await ready(page);
  await page.getByLabel("Current password").fill("wrong horse battery");
  await page.getByLabel("New password").fill("another horse battery");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("link", { name: "That is not your current password" })).toBeVisible();
  await page.getByLabel("Current password").fill(partnerPerson.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your password is changed" })).toBeVisible();
  await signIn(await newBrowser(), { ...partnerPerson, password: "another horse battery" });
});

test("a colleague joins the partner team, and the last owner stays", async ({ server, newBrowser, page, problems }) => {
  problems.allow(/422/);
  const { partner } = await world(server, newBrowser);
  await partner.goto("/");
  const team = await partner.evaluate(async () => {
    const viewer = (await (await fetch("/api/viewer", { method: "POST", headers: { Accept: "application/json" } })).json()) as {
      teams: { side: string; id: string }[];
    };
    return viewer.teams.find((one) => one.side === "partner")?.id ?? "";
  });
  await partner.goto(`/team/${team}`);
  await ready(partner);
  await partner.getByRole("button", { name: "Remove Nadia Okafor" }).click();
  await partner.getByRole("button", { name: "Yes: Remove Nadia Okafor" }).click();
  await expect(partner.getByRole("alert")).toContainText("at least one owner");
  await partner.getByLabel("Email address").fill(`mia-${process.pid}-${next()}@brightwater.example`);
  await partner.getByRole("button", { name: "Make an invitation link" }).click();
  const path = await linkFrom(partner, "Invite a colleague");
  await page.goto(path);
  await ready(page);
  await page.getByLabel("Your name").fill("Mia Moss");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account and accept" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();
  await partner.reload();
  await expect(partner.getByText("Mia Moss", { exact: true })).toBeVisible();
});

test("settings show each fault at its field and keep what was typed", async ({ server, newBrowser, problems }) => {
  problems.allow(/422/);
  const { admin, program } = await world(server, newBrowser);
  await admin.goto(`/c/${program}/settings`);
  await ready(admin);
  await admin.getByLabel("Name").fill("Renamed program");
  await admin.getByLabel("Protection (days)").fill("ninety");
  await admin.getByRole("button", { name: "Save settings" }).click();
  await expect(admin.getByRole("link", { name: "Enter 1 to 3,650 days" })).toBeVisible();
  await expect(admin.getByLabel("Name")).toHaveValue("Renamed program");
  await admin.getByLabel("Protection (days)").fill("45");
  await admin.getByRole("button", { name: "Save settings" }).click();
  await expect(admin.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await admin.reload();
  await expect(admin.getByLabel("Protection (days)")).toHaveValue("45");
});

test.describe("without wasm", () => {
  test.use({ javaScriptEnabled: false });

  test("one signs in, and a fault stands at its field", async ({ server, browser, page }) => {
    const { partnerPerson } = await world(server, async () => {
      const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: true });
      return context.newPage();
    });
    await page.goto("/signin");
    await page.getByLabel("Email address").fill(partnerPerson.email);
    await page.getByLabel("Password").fill("wrong horse battery");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toContainText("do not belong together");
    await page.getByLabel("Email address").fill(partnerPerson.email);
    await page.getByLabel("Password").fill(partnerPerson.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();
    // The menu needs no script either: it is a popover.
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/signin");
  });
});

test("an address of another tenant is a 404 like any other", async ({ server, newBrowser, problems }) => {
  problems.allow(/404/);
  const one = await world(server, newBrowser);
  const second = await newProgram(one.admin, one.company, `Second ${next()}`);
  const stranger = await newBrowser();
  await joinAs(one.admin, stranger, second, "Stranger", `eve-${process.pid}-${next()}@stranger.example`);
  for (const path of [
    `/p/${one.membership}/deals`,
    `/c/${one.program}/deals`,
    `/c/${one.program}/settings`,
    `/company/${one.company}/team`,
    "/p/mem_00000000000000000000000000/deals",
    "/p/nonsense/deals",
  ]) {
    const response = await stranger.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Page not found");
  }
});
