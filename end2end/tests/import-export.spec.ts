import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, next, signIn, world } from "../support/world.ts";

const HEADINGS = "Partner;Account;Country;Amount;Close date;Stage";

/** Customers that no other test has. */
function customers(count: number): string[] {
  const number = `${process.pid}-${next()}`;
  return Array.from({ length: count }, (_, place) => `Imported ${number} ${String(place)} Ltd`);
}

function row(w: World, customer: string, amount = "12.000", stage = "Proposal"): string {
  return [w.partnerName, customer, "Germany", amount, "2031-01-31", stage].join(";");
}

async function upload(page: Page, program: string, rows: string[]): Promise<void> {
  const text = `\uFEFF${[HEADINGS, ...rows].join("\r\n")}\r\n`;
  await page.goto(`/c/${program}/import`);
  const file = { name: "from-the-old-crm.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page).toHaveURL(/\/import\/imp_/);
}

test("a file is mapped, checked, imported and taken back; what was worked on since stays and is named", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  const { admin, partner } = w;
  const [one = "", two = "", bad = ""] = customers(3);
  await upload(admin, w.program, [row(w, one), row(w, two), row(w, bad, "a lot"), row(w, one)]);
  await ready(admin);
  // The headings said what the columns are.
  await expect(admin.getByLabel("Account", { exact: true })).toHaveValue("field:customer");
  await expect(admin.getByLabel("Amount", { exact: true })).toHaveValue("field:value");
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Check the rows" }).click();
  await expect(admin.getByRole("button", { name: "Import 2 rows" })).toBeVisible();
  const faults = admin.locator("[data-part=faults]");
  const kind = faults.locator("[data-part=fault-groups] > li");
  await expect(kind).toContainText("Amount: Expected value must be an amount of money, like 12,000 1 row: line 4");
  await kind.getByText("1 row: line 4").click();
  await expect(kind.getByText("line 4, column Amount: Expected value must be an amount")).toBeVisible();
  const samples = admin.locator("[data-part=samples]");
  await expect(samples.locator("tbody tr")).toHaveCount(2);
  await expect(samples.locator("tbody tr").first()).toHaveText(
    new RegExp(`${one}.*line 2.*EUR 12,000.*Proposal.*${w.partnerName}`),
  );
  await expectAccessible(admin);
  await admin.setViewportSize({ width: 360, height: 740 });
  const beyond = await samples.locator(".table-wrap").evaluate((wrap) => {
    const page = document.documentElement;
    return { wrap: wrap.scrollWidth > wrap.clientWidth, page: page.scrollWidth > page.clientWidth };
  });
  expect(beyond, "the table scrolls inside itself").toEqual({ wrap: true, page: false });
  await admin.setViewportSize({ width: 1280, height: 720 });
  await expect(admin.locator("[data-part=counts]")).toContainText("Doubles");
  const waiting = admin.waitForEvent("download");
  await admin.getByRole("link", { name: "Download CSV" }).click();
  const text = await readFile(await (await waiting).path(), "utf8");
  expect(text.split("\r\n")).toHaveLength(3);
  expect(text).toContain("4,Amount,");

  await admin.getByRole("button", { name: "Import 2 rows" }).click();
  await expect(admin.locator("[data-part=import] .tag").first()).toHaveText("Imported");
  await admin.reload();
  await expect(admin.locator("[data-part=counts]")).toContainText("Imported");
  // From there to the deals, and to the way back.
  const made = admin.locator("[data-part=made]");
  await expect(made.getByRole("link", { name: one })).toHaveAttribute("href", /\/deals\/deal_\w+$/);
  await expect(made.getByRole("link", { name: two })).toBeVisible();
  const all = made.getByRole("link", { name: "See all deals" });
  await expect(all).toHaveAttribute("href", `/c/${w.program}/deals?view=list`);
  await ready(admin);
  await made.getByRole("link", { name: "Undo the import" }).click();
  await expect(admin.locator("#undo")).toBeFocused();

  await partner.goto(`/p/${w.membership}/deals?view=list`);
  await expect(partner.getByText(one).first()).toBeVisible();
  await partner.getByRole("link", { name: new RegExp(one) }).first().click();
  await partner.getByLabel("Move to stage").selectOption({ label: "Negotiation" });
  await partner.getByRole("button", { name: "Move", exact: true }).click();
  await expect(partner.getByText("to Negotiation").first()).toBeVisible();

  await ready(admin);
  await admin.getByRole("button", { name: "Undo the import" }).click();
  await admin.getByRole("button", { name: "Yes: Undo the import" }).click();
  await expect(admin.locator("[data-part=import] .tag").first()).toHaveText("Taken back");
  await expect(admin.locator("[data-part=faults]")).toContainText("was worked on since it was imported, and stays");
  await partner.goto(`/p/${w.membership}/deals?view=list`);
  await expect(partner.getByText(one).first()).toBeVisible();
});

test("a file's limits are said first, and each fault of the columns leads to its own input", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/422/);
  const w = await world(server, newBrowser);
  const { admin } = w;
  const [one = ""] = customers(1);
  await admin.goto(`/c/${w.program}/import`);
  await expect(admin.getByText("CSV in UTF-8, at most 200,000 rows and 26 MB")).toBeVisible();
  await upload(admin, w.program, [row(w, one)]);
  await ready(admin);
  const amount = admin.getByLabel("Amount", { exact: true });
  await amount.selectOption("ignore");
  await admin.getByLabel("Partner", { exact: true }).selectOption("ignore");
  await admin.getByRole("button", { name: "Check the rows" }).click();
  const summary = admin.locator("#summary-of-errors");
  await summary.getByRole("link", { name: "Choose the column for \u201cExpected value\u201d" }).click();
  await expect(amount).toBeFocused();
  await expect(amount).toHaveAttribute("aria-invalid", "true");
  await summary.getByRole("link", { name: "Choose the column that names the partner" }).click();
  await expect(admin.getByLabel("Partner of rows that name none")).toBeFocused();
});

test("without JavaScript the same forms upload, map, check and import", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const plain = await newBrowser({ javaScriptEnabled: false });
  await signIn(plain, w.adminPerson);
  const [one = "", ...bad] = customers(5);
  await upload(plain, w.program, [row(w, one), ...bad.map((name) => row(w, name, "12.000", "Qualifed"))]);
  await plain.getByRole("button", { name: "Check the rows" }).click();
  const start = plain.getByRole("button", { name: "Import 1 row" });
  await expect(async () => {
    await plain.reload();
    await expect(start).toBeVisible({ timeout: 500 });
  }).toPass();
  const kind = plain.locator("[data-part=fault-groups] > li");
  await expect(kind).toHaveCount(1);
  await kind.getByText("4 rows: lines 3, 4, 5 \u2026").click();
  await expect(kind.getByText("line 6, column Stage: This program has no stage called")).toBeVisible();
  await start.click();
  await expect(async () => {
    await plain.reload();
    await expect(plain.locator("[data-part=import] .tag").first()).toHaveText("Imported", { timeout: 500 });
  }).toPass();
  // What is no table is said at the input, on the page that it was sent from.
  await plain.goto(`/c/${w.program}/import`);
  const book = { name: "deals.xlsx", mimeType: "text/csv", buffer: Buffer.from("PK\u0003\u0004more") };
  await plain.getByLabel("CSV file").setInputFiles(book);
  await plain.getByRole("button", { name: "Upload" }).click();
  await expect(plain.getByText("This is a workbook").first()).toBeVisible();
});

test("copies are taken as files, and the history says who took them", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await w.admin.goto(`/c/${w.program}/import`);
  await ready(w.admin);
  const file = async (button: string): Promise<Buffer> => {
    const waiting = w.admin.waitForEvent("download");
    await w.admin.getByRole("button", { name: button, exact: true }).click();
    return readFile(await (await waiting).path());
  };
  expect((await file("Download CSV")).toString()).toMatch(/^Number,Partner,Status,Stage,/);
  const lines = (await file("Download JSON")).toString().trim().split("\n");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ dealboard: 1, whole: false });
  expect(JSON.parse(lines.at(-1) ?? "")).toHaveProperty("sums.programs.rows");
  expect(lines.join("\n")).not.toContain("password_hash");
  expect(lines.join("\n")).toContain("data_exported");
  const tables = await file("Download CSV of everything");
  expect(tables.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  expect(tables.includes("deals.csv")).toBe(true);
});
