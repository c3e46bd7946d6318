import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { complete, openForm, openPage, registered, send, submitButton, won } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, call, callJson, done, next, world } from "../support/world.ts";

/** The deal's own customer is chosen, and the company says in a field of its own who sold. */
const SOLD_BY: Field = { key: "sold_by", kind: "customer", label: "Sold by", traits: { seen_by: "company" } };

async function picking(it: World): Promise<void> {
  await publishForm(it.admin, it.program, (fields) => [
    ...fields.map((field) => (field.key === "customer" ? { ...field, kind: "customer" } : field)),
    SOLD_BY,
  ]);
}

/** A name that no other test of this company has. */
const named = (name: string): string => `${name} ${process.pid}${next()}`;

const box = (page: Page): Locator => page.getByRole("combobox", { name: "Customer name" });
const options = (page: Page): Locator => page.getByRole("listbox", { name: "Customer name" }).getByRole("option");
const known = (page: Page): Locator => page.getByText("Known", { exact: true });

/** What the form needs beside its customer. */
async function fillRest(page: Page): Promise<void> {
  await page.locator("[name=country]").selectOption("DE");
  await page.locator("[name=value]").fill("12,000");
  await page.getByLabel("Expected close date").fill("2031-01-31");
}

test("a customer is found, gone to by arrows and chosen by keyboard alone", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const [tern, terra] = [named("Tern Labs"), named("Terra Nova")];
  await won(it, tern);
  await registered(it, terra);
  await picking(it);
  const page = it.partner;
  await openPage(page, it.membership);
  await box(page).focus();
  await page.keyboard.type("ter");
  await expect(options(page)).toHaveText([tern, terra]);
  await expect(box(page)).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("status").filter({ hasText: "2 customers" })).toBeAttached();
  await page.keyboard.press("ArrowUp");
  await expect(options(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  const first = options(page).first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(box(page)).toHaveAttribute("aria-activedescendant", (await first.getAttribute("id")) ?? "");
  await expectAccessible(page);

  // Esc closes and keeps what is typed; Enter chooses, and sends nothing.
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveAttribute("aria-expanded", "false");
  await expect(box(page)).toHaveValue("ter");
  await page.keyboard.press("ArrowDown");
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue(tern);
  await expect(box(page)).toBeFocused();
  await expect(known(page)).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: `${tern} chosen` })).toBeAttached();
  await expect(submitButton(page)).toBeVisible();

  // Another name is another business, until it is chosen again.
  await page.keyboard.press("End");
  await page.keyboard.type(" B");
  await expect(known(page)).toBeHidden();
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await expect(options(page)).toHaveText([tern]);
  const kept = page.waitForResponse(
    (response) => response.url().includes("/api/keep_draft") && (response.request().postData() ?? "").includes("cust_"),
  );
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(known(page)).toBeVisible();

  // It survives a reload, and the deal is registered with it.
  await kept;
  await page.reload();
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(box(page)).toHaveValue(tern);
  await expect(known(page)).toBeVisible();
  await fillRest(page);
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(tern);
});

test("a new business is typed, and whom others know is neither found nor accepted", async ({
  server,
  newBrowser,
  problems,
}) => {
  const [it, other] = [await world(server, newBrowser), await world(server, newBrowser)];
  await Promise.all([picking(it), picking(other)]);
  const hidden = named("Brook Quarry");
  await won(other, hidden);
  const page = it.partner;
  await openPage(page, it.membership);
  await box(page).fill("brook");
  await expect(page.getByRole("status").filter({ hasText: "It will be a new business" })).toBeAttached();
  await expect(options(page)).toHaveCount(0);

  // The company has one list; the other partner's customer does not exist for this one.
  const found = (await done(callJson(other.partner, "partner_customers", { membership: other.membership, search: hidden }))) as {
    id: string;
    name: string;
  }[];
  expect(found.map(({ name }) => name)).toEqual([hidden]);
  const mine = await done(callJson(page, "partner_customers", { membership: it.membership, search: hidden }));
  expect(mine).toEqual([]);
  problems.allow(/status of (422|404|403)/);
  const foreign = await callJson(page, "partner_customers", { membership: other.membership, search: hidden });
  expect(foreign.status).toBe(404);
  const company = await callJson(page, "company_customers", { program: it.program, search: hidden });
  expect(company.status).toBe(404);
  for (const id of [found[0]?.id ?? "", "cust_00000000000000000000000001"]) {
    const answer = await send(it, await openForm(it), { ...complete(hidden), "customer.id": [id] });
    expect(answer.status, id).toBe(422);
    expect(JSON.stringify(answer.body)).toContain("unknown_customer");
  }

  const fresh = named("Brook Works");
  await box(page).fill(fresh);
  await fillRest(page);
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(fresh);
});

test("the company chooses among its customers in a field of its own", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const tern = named("Tern Own");
  await won(it, tern);
  await picking(it);
  const deal = await registered(it, named("Any Deal"));
  const { admin } = it;
  await admin.goto(`/c/${it.program}/deals/${deal}/own`);
  await admin.locator("form[data-ready]").waitFor();
  const sold = admin.getByRole("combobox", { name: "Sold by" });
  await sold.fill(tern);
  await admin.getByRole("option", { name: tern }).click();
  await expect(known(admin)).toBeVisible();
  await admin.getByRole("button", { name: "Save" }).click();
  await ready(admin);
  await expect(admin.locator("[data-part=own-answers]")).toContainText(tern);
  const customers = (await done(call(admin, "load_customers", { program: it.program, search: tern }))) as {
    customers: unknown[];
  };
  expect(customers.customers).toHaveLength(1);
});

test("without JavaScript the browser suggests the names, and any name can be typed", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const tern = named("Tern Paper");
  await won(it, tern);
  await picking(it);
  const page = await newBrowser({
    javaScriptEnabled: false,
    storageState: await it.partner.context().storageState(),
  });
  await page.goto(`/p/${it.membership}/deals/new`);
  const input = page.locator("input[name=customer]");
  const list = (await input.getAttribute("list")) ?? "";
  await expect(page.locator(`datalist[id="${list}"] option`)).toHaveAttribute("value", tern);
  await expect(known(page)).toBeHidden();
  const fresh = named("Paper Works");
  await input.fill(fresh);
  await fillRest(page);
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(fresh);
});

test("on a phone the list is tapped, and nothing scrolls sideways", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const tern = named("Tern and the Company of Very Long Names by the Sea");
  await won(it, tern);
  await picking(it);
  const page = await newBrowser({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    storageState: await it.partner.context().storageState(),
  });
  await openPage(page, it.membership);
  await box(page).tap();
  const option = options(page).filter({ hasText: tern });
  await expect(option).toBeVisible();
  expect((await option.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
  await expectAccessible(page);
  await option.tap();
  await expect(box(page)).toHaveValue(tern);
  await expect(known(page)).toBeVisible();
  await expect(options(page)).toHaveCount(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
});
