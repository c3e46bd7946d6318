import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { expectValidHtml } from "../support/html.ts";
import { Sink, verified } from "../support/hooks.ts";
import { dealView, move, registered, verdict } from "../support/registering.ts";
import { expect, test as base } from "../support/test.ts";
import { type World, done, signIn, world } from "../support/world.ts";

const test = base.extend<{ sink: Sink }>({
  sink: async ({}, use) => {
    const sink = new Sink();
    await sink.start();
    await use(sink);
    await sink.stop();
  },
});

/** Adds an endpoint as an admin does; gives the secret as it is shown, this once. */
async function added(w: World, url: string): Promise<string> {
  const page = w.admin;
  await page.goto(`/company/${w.company}/webhooks/new`);
  await page.locator("form[data-ready]").waitFor();
  await page.getByLabel("Address").fill(url);
  await page.getByLabel("Description").fill("The CRM");
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  const secret = await page.getByLabel("Secret", { exact: true }).inputValue();
  expect(secret).toMatch(/^whsec_/);
  return secret;
}

/** The part of the page with what can be done, once it is awake. */
async function awake(page: Page): Promise<void> {
  await page.locator("[data-part=actions][data-ready]").waitFor();
}

function messages(page: Page): ReturnType<Page["getByRole"]> {
  return page.getByRole("region", { name: "Messages" }).getByRole("listitem");
}

test("an endpoint is added, told of a move, and verifies it with the library of its language", { tag: "@postgres" }, async ({
  office,
  sink,
}) => {
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  const secret = await added(w, sink.url("/crm"));
  await expect(w.admin.getByRole("heading", { level: 1, name: /^127\.0\.0\.1:/ })).toBeVisible();
  await w.admin.reload();
  await awake(w.admin);
  await expect(w.admin.getByLabel("Secret", { exact: true })).toHaveCount(0);

  // A draft is nobody's business but the partner's.
  const deal = await registered(w, "Hale & Moss");
  await verdict(w, deal, "approve");
  await done(move(w, deal, "Proposal"));
  await expect.poll(() => sink.at("/crm").length).toBe(3);
  const told = sink.at("/crm").map((called) => verified(called, secret));
  expect(new Set(told.map(({ type }) => type))).toEqual(new Set(["deal.submitted", "deal.approved", "deal.stage_moved"]));
  const { number, pipeline } = await dealView(w, deal);
  const moved = told.find(({ type }) => type === "deal.stage_moved")?.data;
  const proposal = pipeline.stages.find(({ name }) => name === "Proposal")?.id;
  expect(moved).toMatchObject({ deal, number, registration: "approved", stage: proposal });
  expect(() => verified(sink.at("/crm")[0]!, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).toThrow();
  const forged = { ...sink.at("/crm")[0]!, body: "{}" };
  expect(() => verified(forged, secret)).toThrow();

  // The open page shows it without a reload.
  await expect(messages(w.admin)).toHaveCount(3);
  await expect(messages(w.admin).filter({ hasText: "deal.stage_moved" })).toContainText("Delivered");
});

test("a message that failed is shown with its answer, and sent again under its id", async ({ office, sink }) => {
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  const secret = await added(w, sink.url("/crm"));
  sink.answer(500);
  await awake(w.admin);
  await w.admin.getByRole("button", { name: "Send a test" }).click();
  const row = messages(w.admin).first();
  await expect(row).toContainText("It answered 500");
  await expect(row).toContainText("Waiting");
  await expect(w.admin.getByText("The last test failed")).toBeVisible();
  await expect(w.admin.getByText("This endpoint fails")).toHaveCount(0);
  const which = w.admin.getByRole("navigation", { name: "Which messages" });
  await expect(which.getByRole("link", { name: "All" })).toHaveAttribute("aria-current", "true");
  await which.getByRole("link", { name: "Not delivered" }).click();
  await expect(w.admin.getByText("Every message was delivered, or still can be.")).toBeVisible();
  await which.getByRole("link", { name: "Waiting" }).click();
  await expect(which.getByRole("link", { name: "Waiting" })).toHaveAttribute("aria-current", "true");
  await expect(row).toContainText("It answered 500");
  await which.getByRole("link", { name: "All" }).click();
  await expect(which.getByRole("link", { name: "All" })).toHaveAttribute("aria-current", "true");
  sink.answer(204);
  await row.getByRole("link", { name: "webhook.test" }).click();
  const main = w.admin.getByRole("main");
  await expect(main.getByRole("heading", { level: 1, name: "webhook.test" })).toBeVisible();
  const tries = main.getByRole("region", { name: "Tries" }).getByRole("listitem");
  await expect(tries.last()).toContainText("I say 500");
  await main.locator("form[data-ready]").waitFor();
  await main.getByRole("button", { name: "Send again" }).click();
  await expect(tries.first()).toContainText("answered 204");
  await expect(main.getByText("Delivered").first()).toBeVisible();
  expect(new Set(sink.at("/crm").map(({ id }) => id)).size).toBe(1);
  expect(verified(sink.at("/crm").at(-1)!, secret).type).toBe("webhook.test");
});

test("an endpoint fails once messages keep failing, and no more once it answers", async ({ office, sink }) => {
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  await added(w, sink.url("/crm"));
  sink.answer(500);
  await awake(w.admin);
  await registered(w, "Hale & Moss");
  await expect(w.admin.getByText("The last try failed")).toBeVisible();
  await expect(w.admin.getByText("This endpoint fails")).toHaveCount(0);
  for (const customer of ["Tern Labs", "Brightwater"]) {
    await registered(w, customer);
  }
  await expect(w.admin.getByText("This endpoint fails")).toBeVisible();
  sink.answer(204);
  await w.admin.getByRole("button", { name: "Send a test" }).click();
  await expect(messages(w.admin).first()).toContainText("Delivered");
  await expect(w.admin.getByText("This endpoint fails")).toHaveCount(0);
});

test("for a day after a new secret both sign; off means off", async ({ office, sink }) => {
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  const old = await added(w, sink.url("/crm"));
  const page = w.admin;
  await awake(page);
  await page.getByRole("button", { name: "Make a new secret" }).first().click();
  await page.getByRole("button", { name: "Yes: Make a new secret" }).click();
  await expect(page.getByText("signs until")).toBeVisible();
  const shown = page.getByLabel("Secret", { exact: true });
  await expect(shown).not.toHaveValue(old);
  const secret = await shown.inputValue();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect.poll(() => sink.at("/crm").length).toBe(1);
  const [called] = sink.at("/crm");
  expect(verified(called!, old).type).toBe("webhook.test");
  expect(verified(called!, secret).type).toBe("webhook.test");

  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send a test" })).toHaveCount(0);
  await registered(w, "Tern Labs");
  await page.goto(`/company/${w.company}/webhooks`);
  await expect(page.getByRole("region", { name: "Endpoints" })).toContainText("Off");
  expect(sink.at("/crm")).toHaveLength(1);
});

test("what may not be reached is refused at its field", async ({ office, problems }) => {
  problems.allow(/status of 422/);
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  const page = w.admin;
  await page.goto(`/company/${w.company}/webhooks/new`);
  await page.locator("form[data-ready]").waitFor();
  await page.getByLabel("Address").fill("https://169.254.169.254/latest");
  await page.getByText("Some events").click();
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(page.getByText(/a cloud\u2019s metadata address, to which nothing is sent/).first()).toBeVisible();
  await expect(page.getByText("Pick at least one event, or all of them").first()).toBeVisible();
  await expect(page.getByLabel("Address")).toHaveValue("https://169.254.169.254/latest");
});

test("without JavaScript what was refused is shown as it was typed", async ({ office, sink }) => {
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  const page = await newBrowser({ javaScriptEnabled: false });
  await signIn(page, w.adminPerson);
  await page.goto(`/company/${w.company}/webhooks/new`);
  await page.getByLabel("Address").fill("https://169.254.169.254/latest");
  await page.getByLabel("Description").fill("B\u00fcro; \u201cERP\u201d");
  await page.getByLabel("Some events").check();
  await page.getByLabel("A deal is lost").check();
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(page.getByText(/a cloud\u2019s metadata address, to which nothing is sent/).first()).toBeVisible();
  await expect(page).toHaveURL(/\/webhooks\/new$/);
  await expect(page.getByLabel("Address")).toHaveValue("https://169.254.169.254/latest");
  await expect(page.getByLabel("Description")).toHaveValue("B\u00fcro; \u201cERP\u201d");
  await expect(page.getByLabel("Some events")).toBeChecked();
  await expect(page.getByLabel("A deal is lost")).toBeChecked();
  await expect(page.getByLabel("A deal is registered")).not.toBeChecked();

  await page.getByLabel("Address").fill(sink.url("/plain"));
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(page.getByText("deal.lost")).toBeVisible();
  await page.getByRole("link", { name: "Change", exact: true }).click();
  await page.getByLabel("Address").fill("ftp://a.example");
  await page.getByRole("button", { name: "Save the endpoint" }).click();
  await expect(page.getByLabel("Address")).toHaveValue("ftp://a.example");
  await expect(page.getByLabel("A deal is lost")).toBeChecked();
  // Asked for anew, the form shows the endpoint as it is.
  await page.goto(page.url());
  await expect(page.getByLabel("Address")).toHaveValue(sink.url("/plain"));
});

test("without JavaScript an endpoint is added, tested and removed", async ({ office, sink }) => {
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  const page = await newBrowser({ javaScriptEnabled: false });
  await signIn(page, w.adminPerson);
  await page.goto(`/company/${w.company}/webhooks/new`);
  await page.getByLabel("Address").fill(sink.url("/plain"));
  await page.getByLabel("Some events").check();
  await page.getByLabel("A deal is lost").check();
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  const secret = await page.getByLabel("Secret", { exact: true }).inputValue();
  await expect(page.getByText("deal.lost")).toBeVisible();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect.poll(() => sink.at("/plain").length).toBe(1);
  expect(verified(sink.at("/plain")[0]!, secret).type).toBe("webhook.test");
  await page.getByRole("button", { name: "Remove the endpoint" }).first().click();
  await page.getByRole("button", { name: "Yes: Remove the endpoint" }).click();
  await expect(page.getByText("No endpoint yet")).toBeVisible();
});

test("the pages are sound on a phone and in the dark", async ({ office, sink }) => {
  const { server, newBrowser } = office;
  const w = await world(server, newBrowser);
  await added(w, sink.url(`/${"long-".repeat(40)}`));
  const endpoint = w.admin.url().replace(/\?.*/, "");
  await awake(w.admin);
  await w.admin.getByRole("button", { name: "Send a test" }).click();
  await expect(messages(w.admin).first()).toContainText("Delivered");
  const delivery = (await messages(w.admin).first().getByRole("link").getAttribute("href")) ?? "";
  const list = `/company/${w.company}/webhooks`;
  for (const path of [list, `${list}/new`, endpoint, `${endpoint}/edit`, delivery]) {
    await w.admin.goto(path);
    await expect(w.admin.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectAccessible(w.admin);
    await expectValidHtml(w.admin.request, path);
    await w.admin.setViewportSize({ width: 360, height: 740 });
    const overflow = await w.admin.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${path} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
    await w.admin.setViewportSize({ width: 1280, height: 720 });
  }
});
