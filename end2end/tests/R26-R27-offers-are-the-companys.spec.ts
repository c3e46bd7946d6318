import type { Page } from "@playwright/test";
import { type Field, publishForm } from "../support/forms.ts";
import { confirmedWin, day, endOffers, publishOffer } from "../support/money.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, call, callJson, done, signIn } from "../support/world.ts";

const PASSWORD = "dealboard-demo";

async function programs(page: Page): Promise<{ href: string; company: string }[]> {
  return ((await done(call(page, "viewer"))) as { programs: { href: string; company: string }[] }).programs;
}

/** The one partner of the made-up companies, with one of them. */
async function withCompany(admin: Page, partner: Page, company: string): Promise<World> {
  const find = async (page: Page, id: RegExp): Promise<string> =>
    id.exec((await programs(page)).find((one) => one.company === company)?.href ?? "")?.[0] ?? "";
  const person = { name: "", email: "", password: PASSWORD };
  return {
    company: "",
    program: await find(admin, /prog_\w+/),
    membership: await find(partner, /mem_\w+/),
    partnerName: "Brightwater Consulting",
    admin,
    partner,
    adminPerson: person,
    partnerPerson: person,
  };
}

async function enter(page: Page, amount: string, on: string, reference: string): Promise<void> {
  await page.locator("#enter-amount").fill(amount);
  await page.locator("#enter-on").fill(on);
  await page.locator("#enter-reference").fill(reference);
  await page.getByRole("button", { name: "Enter the transaction" }).click();
}

test("R26 R27 two companies, the same deal: one pays for the win, the other for what follows, and never for before", async ({
  demo,
  newBrowser,
}) => {
  const browser = async (name: string, email: string): Promise<Page> => {
    const page = await newBrowser({ baseURL: demo.url });
    await signIn(page, { name, email, password: PASSWORD });
    return page;
  };
  const lena = await browser("Lena Fischer", "lena@larkspur.example");
  const grace = await browser("Grace Abara", "grace@tidewater.example");
  const nadia = await browser("Nadia Okafor", "nadia@brightwater.example");
  const payroll = await withCompany(lena, nadia, "Larkspur Payroll");
  const robots = await withCompany(grace, nadia, "Tidewater Robotics");
  const form = (await done(callJson(lena, "form_editor", { program: payroll.program }))) as { draft: { fields: Field[] } };
  await publishForm(grace, robots.program, () => form.draft.fields);

  // The made-up companies have offers of their own.
  await endOffers(payroll);
  await endOffers(robots);
  await publishOffer(payroll, { name: "Introduction fee", percent: "10" });
  await publishOffer(robots, { name: "Share of orders", percent: "5", trigger: "transaction" });
  const customer = "Two Doors";
  const first = await confirmedWin(payroll, customer);
  const second = await confirmedWin(robots, customer);

  await nadia.goto(`/p/${payroll.membership}/deals/${first}`);
  await expect(nadia.locator("[data-part=commission]")).toContainText("EUR 1,200.00");
  await nadia.goto(`/p/${robots.membership}/deals/${second}`);
  await expect(nadia.locator("[data-part=commission]")).toContainText("No offer held for this win");

  for (const [page, program, earned] of [
    [lena, payroll.program, "No offer held for it"],
    [grace, robots.program, "Earned EUR 100.00"],
  ] as const) {
    await page.goto(`/c/${program}/customers?search=${encodeURIComponent(customer)}`);
    await page.getByRole("link", { name: customer }).click();
    await page.locator("[data-part=enter] [data-ready]").waitFor();
    await page.locator("#enter-amount-currency").selectOption("EUR");
    await enter(page, "2,000", day(0), "INV-1");
    await expect(page.locator("[data-transaction=INV-1]")).toContainText(earned);
    await enter(page, "9,000", day(-1), "INV-0");
    await expect(page.locator("[data-transaction=INV-0]")).toContainText("Before the win: earns nothing");
  }
  await nadia.goto(`/p/${robots.membership}/deals/${second}`);
  await ready(nadia);
  await expect(nadia.locator("[data-part=commission]")).toContainText("EUR 100.00");
  await expect(nadia.locator("[data-part=transactions]")).toContainText("INV-1");
});

test("R27 a transaction is refused at the field that is wrong, and the same reference is one transaction", async ({
  demo,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const lena = await newBrowser({ baseURL: demo.url });
  await signIn(lena, { name: "Lena Fischer", email: "lena@larkspur.example", password: PASSWORD });
  const nadia = await newBrowser({ baseURL: demo.url });
  await signIn(nadia, { name: "Nadia Okafor", email: "nadia@brightwater.example", password: PASSWORD });
  const payroll = await withCompany(lena, nadia, "Larkspur Payroll");
  await confirmedWin(payroll, "Plain Paper");
  await lena.goto(`/c/${payroll.program}/customers?search=Plain`);
  await lena.getByRole("link", { name: "Plain Paper" }).click();
  await lena.locator("[data-part=enter] [data-ready]").waitFor();

  await enter(lena, "nothing", day(2), "");
  await expect(lena.locator("#enter-amount-error")).toContainText("Enter an amount");
  await expect(lena.locator("#enter-on-error")).toContainText("not in the future");
  await expect(lena.locator("#enter-reference-error")).toBeVisible();
  await lena.getByRole("alert").getByRole("link", { name: /Enter an amount/ }).click();
  await expect(lena.locator("#enter-amount")).toBeFocused();

  await enter(lena, "300", day(0), "INV-7");
  await expect(lena.locator("[data-transaction=INV-7]")).toHaveCount(1);
  await enter(lena, "300", day(0), "INV-7");
  await expect(lena.locator("#enter-reference")).toHaveValue("");
  await expect(lena.locator("[data-transaction=INV-7]")).toHaveCount(1);
  await enter(lena, "301", day(0), "INV-7");
  await expect(lena.locator("#enter-reference-error")).toContainText("has a transaction of that reference");
});
