import type { Locator, Page } from "@playwright/test";
import { openPage, registered } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, done, next, world } from "../support/world.ts";

const LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";
const PHONE = { width: 360, height: 740 };

async function expectWhole(page: Page, text: Locator): Promise<void> {
  await expect(text).toBeVisible();
  expect(await text.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
}

test("what asks for a long text has room for four lines", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await openPage(w.partner, w.membership);
  const note = w.partner.locator("textarea").first();
  const lines = await note.evaluate((area) => {
    const style = getComputedStyle(area);
    const room = area.clientHeight - Number.parseFloat(style.paddingTop) - Number.parseFloat(style.paddingBottom);
    return room / Number.parseFloat(style.lineHeight);
  });
  expect(lines).toBeGreaterThanOrEqual(3.99);
});

test("long names and addresses break on a phone instead of being cut", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await registered(w, LONG);
  const page = w.admin;
  await page.setViewportSize(PHONE);
  await page.goto(`/c/${w.program}/review`);
  await expectWhole(page, page.locator(".desk__customer"));
  await page.goto(`/c/${w.program}/deals/${deal}`);
  await expectWhole(page, page.getByRole("heading", { level: 1, name: LONG }));

  const email = `${"long".repeat(12)}-${process.pid}-${next()}@altostrat.example`;
  await done(call(page, "invite_to_company", { company: w.company, email, role: "reviewer" }));
  await page.goto(`/company/${w.company}/team`);
  await expectWhole(page, page.getByText(email));
});

test("the invitation form is empty again once the link is made", async ({ server, newBrowser, problems }) => {
  problems.allow(/422/);
  const w = await world(server, newBrowser);
  const page = w.admin;
  await page.goto(`/company/${w.company}/team`);
  await ready(page);
  const email = page.getByRole("textbox", { name: "Email address" });
  await email.fill(`olga-${process.pid}-${next()}@altostrat.example`);
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  await expect(page.getByText(/The link for olga/)).toBeVisible();
  await expect(email).toHaveValue("");

  await page.goto(`/c/${w.program}/partners`);
  await ready(page);
  await page.getByRole("textbox", { name: "Partner", exact: true }).fill("Tidewater");
  await email.fill("not an address");
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  // A refused form keeps what was typed.
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Partner", exact: true })).toHaveValue("Tidewater");
  await email.fill(`tide-${process.pid}-${next()}@tidewater.example`);
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  await expect(page.getByText(/The link for tide/)).toBeVisible();
  await expect(email).toHaveValue("");
  await expect(page.getByRole("textbox", { name: "Partner", exact: true })).toHaveValue("");
});
