import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Field, publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { world } from "../support/world.ts";

const option = (label: string) => ({ value: label.toLowerCase(), label });

const FIELDS: Field[] = [
  { key: "site", kind: "text", label: "Site name" },
  { key: "story", kind: "long_text", label: "The whole story" },
  { key: "seats", kind: { number: { decimals: 1, unit: "seats" } }, label: "How many" },
  { key: "region", kind: { select: { options: ["North", "South"].map(option) } }, label: "Region" },
  { key: "parts", kind: { multi_select: { options: ["Ledger", "Payroll", "Stock"].map(option) } }, label: "Parts" },
  { key: "visited", kind: "checkbox", label: "We have visited them" },
  { key: "buyer_mail", kind: "email", label: "Buyer's email" },
  { key: "buyer_phone", kind: "phone", label: "Buyer's phone" },
  { key: "tender", kind: "url", label: "Tender" },
  { key: "ships_to", kind: "country", label: "Ships to" },
  { key: "share", kind: { percent: { decimals: 1 } }, label: "Our share" },
  { key: "term", kind: "date_range", label: "Contract term" },
  { key: "size", kind: { radio: { options: ["Small", "Large"].map(option) } }, label: "Size" },
  { key: "renewal", kind: "yes_no", label: "Is it a renewal?", required: "always" },
  { key: "plan", kind: { file: { max_bytes: 1_000_000 } }, label: "Floor plan", required: "always" },
];

test("every kind of field is filled in, shown on the deal, and its file downloaded as it was", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  await publishForm(it.admin, it.program, (fields) => [...fields, ...FIELDS]);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Every Kind Ltd");
  await page.getByLabel("Site name").fill("Pier 4");
  await page.getByLabel("The whole story").fill("They called.\nWe went.");
  await page.getByLabel("How many").fill("1,250.5");
  await page.getByLabel("Region").selectOption("South");
  await page.getByRole("group", { name: "Parts" }).getByLabel("Ledger").check();
  await page.getByRole("group", { name: "Parts" }).getByLabel("Stock").check();
  await page.getByLabel("We have visited them").check();
  await page.getByLabel("Buyer's email").fill("no address");
  await page.getByLabel("Buyer's phone").fill("+49 40 1234 567");
  await page.getByLabel("Tender").fill("https://tender.example/4?lot=2");
  await page.getByLabel("Ships to").selectOption("Austria");

  await page.getByLabel("Our share").fill("120");
  const term = page.getByRole("group", { name: "Contract term" });
  await term.getByLabel("First day").fill("2031-03-01");
  await page.getByRole("radiogroup", { name: "Size" }).getByLabel("Large").check();

  // What is no address, and the file that is missing, are said at their fields.
  await submitButton(page).click();
  await expect(page.locator("#buyer_mail-error")).not.toBeEmpty();
  await expect(page.locator("#plan-error")).not.toBeEmpty();
  await expect(page.locator("#share-error")).toContainText("Our share must be 100 or less");
  await expect(page.locator("#term-error")).toContainText("Contract term must have both a first and a last day");
  const summary = page.getByRole("alert", { name: "There is a problem" });
  await summary.getByRole("link", { name: /^Select yes or no/ }).click();
  const renewal = page.getByRole("radiogroup", { name: "Is it a renewal?" });
  await expect(renewal.getByLabel("Yes")).toBeFocused();
  await renewal.getByLabel("No").check();
  await expect(page.locator("#renewal-error")).toHaveCount(0);
  await page.getByLabel("Our share").fill("12.5");
  await term.getByLabel("Last day").fill("2031-02-01");
  await page.getByLabel("Our share").focus();
  await expect(page.locator("#term-error")).toContainText("must not be before the first");
  await term.getByLabel("Last day").fill("2032-02-29");
  await expect(page.locator("#term-error")).toHaveCount(0);
  await page.getByLabel("Buyer's email").fill("buyer@pier.example");
  const bytes = Buffer.concat([Buffer.from("%PDF-1.7\r\n\0\n"), randomBytes(200_000)]);
  const chosen = { name: "Pier 4, übersicht.pdf", mimeType: "application/pdf", buffer: bytes };
  await page.getByLabel("Floor plan").setInputFiles(chosen);
  await expect(page.getByRole("button", { name: `Remove ${chosen.name}` })).toBeVisible();
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();

  const deal = /deal_\w+/.exec(page.url())?.[0] ?? "";
  const admin = it.admin;
  await admin.goto(`/c/${it.program}/deals/${deal}`);
  await ready(admin);
  for (const reader of [page, admin]) {
    const answers = reader.locator("[data-part=answers]");
    for (const [label, text] of [
      ["Site name", "Pier 4"],
      ["The whole story", "They called.\nWe went."],
      ["How many", "1,250.5 seats"],
      ["Region", "South"],
      ["Parts", "Ledger, Stock"],
      ["We have visited them", "Yes"],
      ["Buyer's email", "buyer@pier.example"],
      ["Buyer's phone", "+49 40 1234 567"],
      ["Tender", "https://tender.example/4?lot=2"],
      ["Ships to", "Austria"],
      ["Our share", "12.5 %"],
      ["Contract term", "1 Mar 2031 to 29 Feb 2032"],
      ["Size", "Large"],
      ["Is it a renewal?", "No"],
    ] as const) {
      const line = answers.locator("dl > div").filter({ has: reader.getByText(label, { exact: true }) });
      await expect(line.getByRole("definition"), label).toHaveText(text, { useInnerText: true });
    }
  }

  const coming = admin.waitForEvent("download");
  await admin.getByRole("link", { name: chosen.name }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe(chosen.name);
  expect((await readFile(await download.path())).equals(bytes)).toBe(true);
});
