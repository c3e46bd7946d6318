import type { BrowserContextOptions, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, world } from "../support/world.ts";

const LINES: Field = {
  key: "lines",
  label: "Product lines",
  kind: {
    rows: {
      columns: [
        { key: "product", label: "Product", kind: "text" },
        { key: "price", label: "Price", kind: { money: { currencies: ["EUR"] } } },
        { key: "begins", label: "Begins", kind: "date" },
      ],
      sums: ["price"],
      most: 4,
      name: "product line",
    },
  },
};

const SHARE: Field = { key: "share", label: "Our share", kind: { percent: { decimals: 2 } } };

type NewBrowser = (options?: BrowserContextOptions) => Promise<Page>;

/** The partner of that world in a browser of another language. */
async function elsewhere(
  it: World,
  newBrowser: NewBrowser,
  locale: string,
  more: BrowserContextOptions = {},
): Promise<Page> {
  return newBrowser({ locale, storageState: await it.partner.context().storageState(), ...more });
}

const value = (page: Page): ReturnType<Page["locator"]> => page.locator("[name=value]");
const heard = (page: Page): ReturnType<Page["locator"]> => page.locator(".field__heard");
const saved = async (page: Page): Promise<void> => {
  await expect(page.locator("[data-part=save-state]")).toContainText(/Saved \d\d:\d\d/);
};

async function registeredDeal(page: Page): Promise<string> {
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]")).toBeVisible();
  return /deal_\w+/.exec(page.url())?.[0] ?? "";
}

test("a German amount is read as Germans write it, and each side sees it as they do", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const page = await elsewhere(it, newBrowser, "de-DE");
  await openPage(page, it.membership);
  await fill(page, "Locale GmbH");

  // Two readings: the locale decides, and says what it understood.
  await value(page).fill("12.500");
  await expect(heard(page)).toHaveText("Read as EUR 12.500,00");
  await value(page).press("Tab");
  await expect(page.getByRole("status").filter({ hasText: "Read as EUR 12.500,00" })).toBeAttached();
  // Only one reading, though not a German one.
  await value(page).fill("1.5");
  await expect(heard(page)).toHaveText("Read as EUR 1,50");
  await expectAccessible(page);

  // Nobody can know: it is refused, never read as another number.
  await value(page).fill("12,500");
  await expect(heard(page)).toHaveText("This can be read in two ways: write 12.500 or 12,50");
  await submitButton(page).click();
  await expect(page.locator("#value-error")).toContainText("must be an amount of money, like 12.000");

  await value(page).fill("12.500,50");
  await expect(page.locator("#value-error")).toHaveCount(0);
  await expect(heard(page)).toHaveCount(0);
  const deal = await registeredDeal(page);
  await expect(page.locator("[data-part=answers]")).toContainText("EUR 12.500,50");
  await expect(page.locator("[data-part=answers]")).toContainText("31.01.2031");

  await it.admin.goto(`/c/${it.program}/deals/${deal}`);
  await ready(it.admin);
  await expect(it.admin.locator("[data-part=answers]")).toContainText("EUR 12,500.50");
  await expect(it.admin.locator("[data-part=answers]")).toContainText("31 Jan 2031");

  // Lists, too.
  await page.goto(`/p/${it.membership}/deals?view=list`);
  const row = page.getByRole("row").filter({ hasText: "Locale GmbH" });
  await expect(row).toContainText("EUR 12.500,50");
  await expect(row).toContainText("31.01.2031");
});

test("a draft that is begun in one language is the same in another", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const german = await elsewhere(it, newBrowser, "de-DE");
  await openPage(german, it.membership);
  await fill(german, "Two Languages Ltd");
  await value(german).fill("1.234,5");
  await saved(german);

  for (const [locale, text] of [
    ["en-US", "1,234.5"],
    ["fr-CH", "1\u2019234.5"],
    ["en-IN", "1,234.5"],
    ["fr-FR", "1\u202f234,5"],
  ] as const) {
    const page = await elsewhere(it, newBrowser, locale);
    await page.goto(`/p/${it.membership}/summary`);
    await page.getByRole("link", { name: "Two Languages Ltd" }).click();
    await page.locator("form[aria-label=Registration][data-ready]").waitFor();
    await expect(value(page), locale).toHaveValue(text);
    await page.context().close();
  }

  // What could not be read is there as it was typed.
  await value(german).fill("ungef\u00e4hr 12");
  await saved(german);
  await german.goto(`/p/${it.membership}/summary`);
  await german.getByRole("link", { name: "Two Languages Ltd" }).click();
  await expect(value(german)).toHaveValue("ungef\u00e4hr 12");
});

test("large amounts are grouped as India and Switzerland group them, on the form and on the deal", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  for (const [locale, typed, shown, day] of [
    ["en-IN", "12,34,567.5", "EUR 12,34,567.50", "31 Jan 2031"],
    ["fr-CH", "1'234'567.5", "EUR 1\u2019234\u2019567.50", "31.01.2031"],
    ["en-US", "1,234,567.5", "EUR 1,234,567.50", "Jan 31, 2031"],
  ] as const) {
    const page = await elsewhere(it, newBrowser, locale);
    await openPage(page, it.membership);
    await fill(page, `Grouped ${locale} Ltd`);
    await value(page).fill(typed);
    await expect(heard(page)).toHaveCount(0);
    await registeredDeal(page);
    await expect(page.locator("[data-part=answers]"), locale).toContainText(shown);
    await expect(page.locator("[data-part=answers]"), locale).toContainText(day);
    await page.context().close();
  }
});

test("a table is pasted as it is written there, and its total too", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await publishForm(it.admin, it.program, (fields) => [...fields, LINES]);
  const page = await elsewhere(it, newBrowser, "de-DE");
  await openPage(page, it.membership);
  const line = page.getByRole("group", { name: "Product line 1", exact: true });
  const table = "Ledger\t1.200,50\t3.4.2031\nPayroll\t99\t31.12.2031\n";
  await line.getByLabel(/^Product/).evaluate((control, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    control.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, table);
  await expect(line.getByLabel(/^Price/)).toHaveValue("1.200,50");
  await expect(line.getByLabel(/^Begins/)).toHaveValue("2031-04-03");
  await expect(page.getByRole("group", { name: "Totals" })).toContainText("EUR 1.299,50");
});

test("without JavaScript what was shown is how it is read", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await publishForm(it.admin, it.program, (fields) => [...fields, SHARE]);
  const page = await elsewhere(it, newBrowser, "de-DE", { javaScriptEnabled: false });
  await page.goto(`/p/${it.membership}/deals/new`);
  await fill(page, "Papier GmbH");
  await value(page).fill("12,500");
  await page.getByLabel("Our share").fill("12,5");
  await submitButton(page).click();
  await expect(page.locator("#value-error")).toContainText("must be an amount of money, like 12.000");
  await expect(value(page)).toHaveValue("12,500");
  await expect(page.getByLabel("Our share")).toHaveValue("12,5");

  await value(page).fill("12.500");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  const answers = page.locator("[data-part=answers]");
  await expect(answers).toContainText("EUR 12.500,00");
  await expect(answers).toContainText("12,5 %");

  const deal = /deal_\w+/.exec(page.url())?.[0] ?? "";
  await it.admin.goto(`/c/${it.program}/deals/${deal}`);
  await expect(it.admin.locator("[data-part=answers]")).toContainText("EUR 12,500.00");
  await expect(it.admin.locator("[data-part=answers]")).toContainText("12.5 %");
});
