import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, openEditor, preview, publish } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { openPage, submitButton } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { world } from "../support/world.ts";

const answered = (page: Page, label: string): Locator =>
  page
    .locator("[data-part=answers] dl > div")
    .filter({ has: page.getByText(label, { exact: true }) })
    .getByRole("definition");

/** What every registration needs. An address has a country too, so the label alone does not say which. */
async function fillBasics(page: Page, customer: string): Promise<void> {
  await page.getByLabel("Customer name").fill(customer);
  await page.locator("[name=country]").selectOption("DE");
  await page.locator("[name=value]").fill("12,000");
  await page.getByLabel("Expected close date").fill("2031-01-31");
}

/** Pastes the text as a person would. */
async function paste(into: Locator, text: string): Promise<void> {
  await into.focus();
  await into.evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Puts the cursor behind the text. */
async function expressionIs(expression: Locator, text: string): Promise<void> {
  await expression.fill(text);
  await expression.press("End");
}

test("an admin adds a total, a region, an address and a text, and a partner fills them in", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const { admin, program } = it;
  await openEditor(admin, program);
  // Behind all others, so that they may look at any of them.
  await admin.locator("#choose-need").click();
  await addField(admin, "Number", "Seats");
  await addField(admin, "Amount of money", "Price of a seat");
  await addField(admin, "Computed number", "Total");
  const expression = admin.getByLabel("Expression");
  const usable = admin.getByRole("group", { name: "Fields to use" });
  await usable.getByRole("button", { name: /^Seats/ }).click();
  await expect(expression).toBeFocused();
  await admin.keyboard.type(" * nothing");
  await expect(admin.locator("#prop-expression-error")).toContainText("At character 10");
  await expressionIs(expression, "number * ");
  await usable.getByRole("button", { name: /^Price of a seat/ }).click();
  await expect(expression).toHaveValue("number * amount_of_money");
  await expect(admin.locator("#prop-expression-error")).toHaveCount(0);
  await expect(admin.getByLabel("Result", { exact: true })).toHaveValue("money");
  await expectAccessible(admin);
  await addField(admin, "Region of a country", "State");
  await expect(admin.getByLabel("Regions of")).toHaveValue("country");
  await addField(admin, "Address", "Head office");
  await addField(admin, "Text block", "Before you send");
  await admin.getByLabel("Text", { exact: true }).fill("Read **our terms**:\n\n- [here](https://a.example/terms)\n- or there");
  await expect(preview(admin).getByText("our terms")).toHaveJSProperty("tagName", "STRONG");
  await expect(preview(admin).getByRole("link", { name: /^here/ })).toHaveAttribute("href", "https://a.example/terms");
  await preview(admin).getByLabel("Seats", { exact: true }).fill("3");
  await preview(admin).locator("[name=amount_of_money]").fill("10");
  await expect(preview(admin).locator("output.computed")).toHaveText("EUR 30.00");
  await publish(admin, 2);

  const page = it.partner;
  await openPage(page, it.membership);
  await expect(page.getByText("our terms")).toBeVisible();
  await fillBasics(page, "Every Part Ltd");
  const total = page.locator("output.computed");
  await expect(total).toHaveText("Not worked out yet");
  await page.getByLabel("Seats").fill("40");
  await page.locator("[name=amount_of_money]").fill("9.99");
  await expect(total).toHaveText("EUR 399.60");

  const state = page.getByLabel("State", { exact: true });
  await state.selectOption("Bavaria");
  await page.locator("[name=country]").selectOption("US");
  await expect(page.getByText("Bavaria is not in United States; select another region")).toBeVisible();
  await state.selectOption("California");
  await expect(page.getByText("Bavaria is not in United States")).toHaveCount(0);

  const office = page.getByRole("group", { name: "Head office" });
  await paste(office.getByLabel("Street"), "Acme GmbH\nHauptstr. 5\nD-10115 Berlin\nGermany");
  await expect(office.getByRole("status")).toContainText("The pasted address is spread");
  await expect(office.getByLabel("Street")).toHaveValue("Acme GmbH\nHauptstr. 5");
  await expect(office.getByLabel("Postcode")).toHaveValue("10115");
  await expect(office.getByLabel("Country")).toHaveValue("DE");
  await expectAccessible(page);
  await office.getByLabel("City").fill("");
  await submitButton(page).click();
  const summary = page.getByRole("alert", { name: "There is a problem" });
  await summary.getByRole("link", { name: "Enter the city of “Head office”" }).click();
  await expect(office.getByLabel("City")).toBeFocused();
  await office.getByLabel("City").fill("Berlin");
  await expect(office.getByText("Enter the city")).toHaveCount(0);
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();

  await admin.goto(`/c/${program}/deals/${/deal_\w+/.exec(page.url())?.[0] ?? ""}`);
  await ready(admin);
  for (const reader of [page, admin]) {
    await expect(answered(reader, "Total")).toHaveText("EUR 399.60");
    await expect(answered(reader, "State")).toHaveText("California");
    await expect(answered(reader, "Head office")).toHaveText("Acme GmbH\nHauptstr. 5\n10115 Berlin\nGermany", {
      useInnerText: true,
    });
    await expect(reader.locator("[data-part=answers]")).not.toContainText("our terms");
  }
});

const FIELDS: Field[] = [
  { key: "seats", kind: { number: { decimals: 0 } }, label: "Seats" },
  { key: "price", kind: { money: { currencies: ["EUR"] } }, label: "Price of a seat" },
  { key: "total", kind: { computed: { expression: "seats * price", gives: "money", decimals: 0 } }, label: "Total" },
  { key: "state", kind: { region: { country: "country" } }, label: "State" },
  { key: "office", kind: "address", label: "Head office", required: "always" },
  { key: "terms", kind: { text_block: { text: "Read **our terms**." } }, label: "Terms" },
];

test("without JavaScript the total and the regions come with an update, and each fault is at its input", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  await publishForm(it.admin, it.program, (fields) => [...fields, ...FIELDS]);
  const page = await newBrowser({
    javaScriptEnabled: false,
    storageState: await it.partner.context().storageState(),
  });
  await page.goto(`/p/${it.membership}/deals/new`);
  await expect(page.getByText("our terms")).toBeVisible();
  await fillBasics(page, "Plain Parts Ltd");
  await page.getByLabel("Seats").fill("40");
  await page.locator("[name=price]").fill("9.99");
  await page.getByRole("button", { name: "Update the questions" }).click();
  await expect(page.locator("output.computed")).toHaveText("EUR 399.60");
  await page.getByLabel("State", { exact: true }).selectOption("Bavaria");
  const office = page.getByRole("group", { name: "Head office" });
  await office.getByLabel("Street").fill("Hauptstr. 5\n2. Stock");
  await submitButton(page).click();
  await expect(office.getByText("Enter the city of “Head office”")).toBeVisible();
  await expect(office.getByText("Select the country of “Head office”")).toBeVisible();
  await expect(page.getByLabel("State", { exact: true })).toHaveValue("DE-BY");
  await office.getByLabel("City").fill("Berlin");
  await office.getByLabel("Country").selectOption("Germany");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(answered(page, "Total")).toHaveText("EUR 399.60");
  await expect(answered(page, "State")).toHaveText("Bavaria");
  await expect(answered(page, "Head office")).toHaveText("Hauptstr. 5\n2. Stock\nBerlin\nGermany", {
    useInnerText: true,
  });
});
