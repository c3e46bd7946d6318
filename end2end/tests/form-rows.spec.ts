import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, openEditor, publish } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, world } from "../support/world.ts";

const option = (label: string): unknown => ({ value: label.toLowerCase(), label });
const LINES: Field = {
  key: "lines",
  label: "Product lines",
  required: "always",
  kind: {
    rows: {
      columns: [
        {
          key: "product",
          label: "Product",
          kind: { select: { options: ["Ledger", "Payroll"].map(option) } },
          required: "always",
        },
        {
          key: "quantity",
          label: "Quantity",
          kind: { number: { decimals: 0, unit: "seats" } },
          required: "always",
          limits: { min: "1" },
        },
        { key: "price", label: "Price", kind: { money: { currencies: ["EUR"] } } },
      ],
      sums: ["quantity", "price"],
      most: 4,
      name: "product line",
    },
  },
};

async function withLines(it: World): Promise<void> {
  await publishForm(it.admin, it.program, (fields) => [...fields, LINES]);
}

const line = (page: Page, number: number): ReturnType<Page["getByRole"]> =>
  page.getByRole("group", { name: `Product line ${number}`, exact: true });
const cell = (page: Page, number: number, label: RegExp): ReturnType<Page["getByLabel"]> =>
  line(page, number).getByLabel(label);
const add = (page: Page): ReturnType<Page["getByRole"]> => page.getByRole("button", { name: "Add another product line" });
const errorAt = (page: Page, name: string): ReturnType<Page["locator"]> => page.locator(`[id="${name}-error"]`);

test("product lines are typed and pasted, added and removed by keyboard, and seen with their totals", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  await withLines(it);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Rows and Rows Ltd");
  await expect(line(page, 1)).toBeVisible();

  // By keyboard alone: the focus goes to the new row, and back to the one that is left.
  await add(page).focus();
  await page.keyboard.press("Enter");
  await expect(cell(page, 2, /^Product/)).toBeFocused();
  await expect(page.getByText("Product line 2 added")).toBeAttached();
  await expect(page.getByText("2 of 4 product lines", { exact: true })).toBeVisible();
  await line(page, 2).getByRole("button", { name: "Remove product line 2" }).focus();
  await page.keyboard.press("Enter");
  await expect(line(page, 2)).toHaveCount(0);
  await expect(page.getByText("Product line 2 removed, 1 product line left")).toBeAttached();
  await expect(cell(page, 1, /^Product/)).toBeFocused();

  // What is wrong is said at its cell, with the row, and the summary leads there.
  await cell(page, 1, /^Quantity/).fill("0");
  await submitButton(page).click();
  await expect(errorAt(page, "lines.0.product")).toContainText("Row 1: select product");
  const summary = page.getByRole("alert", { name: "There is a problem" });
  await summary.getByRole("link", { name: "Row 1: quantity must be 1 or more" }).click();
  await expect(cell(page, 1, /^Quantity/)).toBeFocused();

  // A table from a spreadsheet, with a line of names above it.
  const table = "Quantity\tProduct\tPrice\n12\tLedger\t1,200.50\n3\tpayroll\t\n5\tLedger\t99\n";
  await cell(page, 1, /^Product/).evaluate((control, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    control.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, table);
  await expect(line(page, 3)).toBeVisible();
  await expect(page.getByText("3 product lines filled in")).toBeAttached();
  await expect(cell(page, 1, /^Product/)).toBeFocused();
  await expect(cell(page, 2, /^Product/)).toHaveValue("payroll");
  await expect(cell(page, 3, /^Price/)).toHaveValue("99");
  await expect(errorAt(page, "lines.0.quantity")).toHaveCount(0);
  const totals = page.getByRole("group", { name: "Totals" });
  await expect(totals).toContainText("20 seats");
  await expect(totals).toContainText("EUR 1,299.50");
  await cell(page, 2, /^Quantity/).fill("4");
  await expect(totals).toContainText("21 seats");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);

  // A row out of the middle: the others keep what was typed.
  await line(page, 2).getByRole("button", { name: "Remove product line 2" }).click();
  await expect(cell(page, 2, /^Price/)).toHaveValue("99");
  await expect(totals).toContainText("17 seats");

  // Enter sends the form, and takes no row out.
  await cell(page, 2, /^Quantity/).press("Enter");
  await page.getByRole("link", { name: "Open the deal" }).click();
  const deal = /deal_\w+/.exec(page.url())?.[0] ?? "";
  const admin = it.admin;
  await admin.goto(`/c/${it.program}/deals/${deal}`);
  await ready(admin);
  for (const reader of [page, admin]) {
    const rows = reader.getByRole("region", { name: "Product lines" }).locator("tr");
    await expect(rows).toHaveCount(4);
    await expect(rows.nth(1)).toContainText("EUR 1,200.50");
    await expect(rows.nth(2)).toContainText("5 seats");
    await expect(rows.nth(3)).toContainText("EUR 1,299.50");
  }
});

test("rows are designed: their names, how many, columns with totals, help and patterns", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const { admin, partner } = it;
  await openEditor(admin, it.program);
  await admin.locator("#choose-need").click();
  await addField(admin, "Rows of fields", "Branches");
  const set = async (label: string, value: string): Promise<void> => {
    await admin.getByLabel(label, { exact: true }).fill(value);
    await admin.getByLabel(label, { exact: true }).press("Tab");
  };
  await set("Name of one row", "Filiale");
  await set("Name of several rows", "Filialen");
  await set("Least rows", "60");
  await expect(admin.getByText("Enter a number from 0 to 50")).toBeVisible();
  await set("Least rows", "2");
  await set("Most rows", "3");

  const column = (number: number) => admin.getByRole("group", { name: `Column ${number}`, exact: true });
  const inColumn = async (number: number, label: string, value: string): Promise<void> => {
    await column(number).getByLabel(label, { exact: true }).fill(value);
    await column(number).getByLabel(label, { exact: true }).press("Tab");
  };
  await inColumn(1, "Column label", "Code");
  await inColumn(1, "Column help", "As on the sign.");
  await inColumn(1, "Column pattern", "A\\");
  await expect(column(1).getByText("Write A for a letter, 9 for a digit, * for either")).toBeVisible();
  await inColumn(1, "Column pattern", "AA-99");
  await inColumn(2, "Column label", "Desks");
  await column(2).getByLabel("Show its total").check();
  await expectAccessible(admin);
  await publish(admin, 2);

  await openPage(partner, it.membership);
  await fill(partner, "Branches Ltd");
  await expect(partner.getByText("2 to 3 Filialen", { exact: true })).toBeVisible();
  await expect(partner.getByText("2 of 3 Filialen", { exact: true })).toBeVisible();
  const branch = (number: number) => partner.getByRole("group", { name: `Filiale ${number}`, exact: true });
  await expect(branch(1).getByLabel(/^Code/)).toHaveAccessibleDescription("As on the sign.");
  await branch(1).getByLabel(/^Code/).fill("seven");
  await branch(1).getByLabel(/^Desks/).fill("4");
  await expect(branch(1).getByText(/Row 1: /)).toBeVisible();
  await branch(1).getByLabel(/^Code/).fill("HH-01");
  await branch(1).getByLabel(/^Desks/).focus();
  await expect(branch(1).getByText(/Row 1: /)).toHaveCount(0);
  await submitButton(partner).click();
  await expect(partner.getByRole("alert", { name: "There is a problem" })).toContainText("Enter at least 2 Filialen");
  await branch(2).getByLabel(/^Code/).fill("HB-02");
  await branch(2).getByLabel(/^Desks/).fill("5");
  await expect(partner.getByRole("group", { name: "Totals" })).toContainText("9");
  await submitButton(partner).click();
  await partner.getByRole("link", { name: "Open the deal" }).click();
  await expect(partner.getByRole("region", { name: "Branches" }).locator("tr").nth(2)).toContainText("HB-02");
});

test("without JavaScript rows come and go by buttons, and nothing typed is lost", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await withLines(it);
  const page = await newBrowser({
    javaScriptEnabled: false,
    storageState: await it.partner.context().storageState(),
  });
  await page.goto(`/p/${it.membership}/deals/new`);
  await fill(page, "Paper Rows Ltd");
  await cell(page, 1, /^Product/).selectOption("Ledger");
  await cell(page, 1, /^Quantity/).fill("many");
  await add(page).click();
  await expect(cell(page, 1, /^Product/)).toHaveValue("ledger");
  await expect(cell(page, 1, /^Quantity/)).toHaveValue("many");
  await cell(page, 2, /^Product/).selectOption("Payroll");
  await cell(page, 2, /^Price/).fill("80");
  await line(page, 1).getByRole("button", { name: "Remove product line 1" }).click();
  await expect(line(page, 2)).toHaveCount(0);
  await expect(page.getByLabel("Customer name")).toHaveValue("Paper Rows Ltd");
  await expect(cell(page, 1, /^Product/)).toHaveValue("payroll");

  await submitButton(page).click();
  await expect(page.getByText("Row 1: enter quantity").first()).toBeVisible();
  await cell(page, 1, /^Quantity/).fill("2");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  const rows = page.getByRole("region", { name: "Product lines" }).locator("tr");
  await expect(rows.nth(1)).toContainText("Payroll");
  await expect(rows.nth(2)).toContainText("EUR 80.00");
});
