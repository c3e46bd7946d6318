import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { openEditor, preview } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { type World, world } from "../support/world.ts";

const renewed = { subject: "renewal", operator: { is: "yes" } };
const PAGES: (Field & { visible_when?: unknown; help?: string })[] = [
  { key: "page_scope", kind: "page_break", label: "Scope", help: "What they will use." },
  { key: "seats", kind: { number: { decimals: 0 } }, label: "Seats", required: "always" },
  { key: "renewal", kind: "yes_no", label: "Is it a renewal?" },
  { key: "page_contract", kind: "page_break", label: "The contract", visible_when: renewed },
  { key: "contract", kind: "text", label: "Contract number", required: "always" },
  { key: "page_rest", kind: "page_break", label: "Anything else" },
  { key: "notes", kind: "long_text", label: "Notes" },
];

async function paged(it: World): Promise<void> {
  await publishForm(it.admin, it.program, (fields) => [...fields, ...PAGES]);
}

const title = (page: Page, name: string): ReturnType<Page["getByRole"]> => page.getByRole("heading", { level: 2, name });
const goOn = (page: Page): Promise<void> => page.getByRole("button", { name: "Continue" }).click();
const answered = (page: Page, label: string): ReturnType<Page["locator"]> =>
  page.locator("dl > div").filter({ has: page.getByText(label, { exact: true }) }).getByRole("definition");

test("a long form is filled page by page, checked at its end, and each answer changed from there", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  await paged(it);
  const page = it.partner;
  await openPage(page, it.membership);
  await expect(page.getByText("Page 1 of 3")).toBeVisible();
  await expect(submitButton(page)).toHaveCount(0);
  await expectAccessible(page);

  // A page is left when what it asks is answered, and no later one is asked for.
  await goOn(page);
  const summary = page.getByRole("alert", { name: "There is a problem" });
  await expect(summary).toContainText("Enter customer name");
  await expect(summary).not.toContainText("seats");
  await fill(page, "Three Pages Ltd");
  await goOn(page);
  await expect(title(page, "Scope")).toBeFocused();
  await expect(page.getByText("What they will use.")).toBeVisible();
  await expect(page.getByText("Page 2 of 3")).toBeVisible();
  await expect(page.getByLabel("Customer name")).toHaveCount(0);
  await page.getByLabel("Seats").fill("40");
  await page.getByLabel("Yes").check();
  // An answer may bring a page along.
  await expect(page.getByText("Page 2 of 4")).toBeVisible();
  await goOn(page);
  await expect(title(page, "The contract")).toBeFocused();
  await page.getByLabel("Contract number").fill("C-77");
  await goOn(page);
  await page.getByLabel("Notes").fill("They hurry.");
  await goOn(page);

  await expect(title(page, "Check your answers")).toBeFocused();
  await expect(page.locator("[data-part=page-count]")).toHaveText("Last step");
  await expect(answered(page, "Customer name")).toHaveText("Three Pages Ltd");
  await expect(answered(page, "Contract number")).toHaveText("C-77");
  await expect(answered(page, "Contact name")).toHaveText("Not answered");
  await expectAccessible(page);
  // Back and Change lead to what was typed, and the browser's own way back does too.
  await page.goBack();
  await expect(page.getByLabel("Notes")).toHaveValue("They hurry.");
  await page.goForward();
  await page.getByRole("link", { name: "Change Scope" }).click();
  await expect(page.getByLabel("Seats")).toHaveValue("40");
  const kept = page.waitForResponse((response) => response.url().includes("/api/keep_draft") && response.ok());
  await page.getByLabel("No", { exact: true }).check();
  await goOn(page);
  await expect(title(page, "Anything else")).toBeFocused();
  await goOn(page);
  await expect(page.getByText("Contract number")).toHaveCount(0);

  // What was typed survives a reload on the page that it was typed on.
  await kept;
  await page.reload();
  await expect(title(page, "Check your answers")).toBeVisible();
  await expect(answered(page, "Seats")).toHaveText("40");
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]")).toContainText("They hurry.");
  await expect(page.locator("[data-part=answers]")).not.toContainText("C-77");
});

test("without JavaScript the pages work too, and a fault leads to its page", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await paged(it);
  const page = await newBrowser({
    javaScriptEnabled: false,
    storageState: await it.partner.context().storageState(),
  });
  await page.goto(`/p/${it.membership}/deals/new`);
  await fill(page, "Paper Pages Ltd");
  await page.getByLabel("Customer name").fill("");
  await goOn(page);
  await expect(page.getByText("Enter customer name").first()).toBeVisible();
  await expect(page.getByText("Page 1 of 3")).toBeVisible();
  await page.getByLabel("Customer name").fill("Paper Pages Ltd");
  await goOn(page);
  await expect(title(page, "Scope")).toBeVisible();
  await expect(page.getByText("Enter seats")).toHaveCount(0);
  await page.getByLabel("Yes").check();
  await goOn(page);
  await expect(page.getByText("Enter seats").first()).toBeVisible();
  await page.getByLabel("Seats").fill("40");
  await goOn(page);
  await expect(title(page, "The contract")).toBeVisible();
  await page.getByLabel("Contract number").fill("C-78");
  await goOn(page);
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(page.getByLabel("Contract number")).toHaveValue("C-78");
  await goOn(page);
  await goOn(page);
  await expect(title(page, "Check your answers")).toBeVisible();
  await expect(answered(page, "Customer name")).toHaveText("Paper Pages Ltd");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]")).toContainText("C-78");
});

test("the preview goes page by page to a review with ways back, as partners do", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await paged(it);
  const { admin, program } = it;
  await openEditor(admin, program);
  const seen = preview(admin);
  await expect(seen.getByLabel("Seats")).toBeVisible();
  await expect(seen.locator("[data-part=page-count]")).toHaveCount(0);
  await admin.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(seen.getByText("Page 1 of 3")).toBeVisible();
  await expect(seen.getByLabel("Seats")).toHaveCount(0);

  const on = seen.getByRole("button", { name: "Continue" });
  await on.click();
  const summary = seen.getByRole("alert", { name: "There is a problem" });
  await expect(summary).toContainText("Enter customer name");
  await expect(summary).not.toContainText("seats");
  await seen.getByLabel("Customer name").fill("Three Pages Ltd");
  await seen.getByLabel("Country").selectOption("DE");
  await seen.locator("[name=value]").fill("1000");
  await seen.getByLabel("Expected close date").fill("2031-01-31");
  await on.click();
  await expect(seen.getByRole("heading", { name: "Scope" })).toBeFocused();
  await seen.getByLabel("Yes").check();
  await expect(seen.getByText("Page 2 of 4")).toBeVisible();
  await expectAccessible(admin);

  // What is wrong on another page is shown there.
  await seen.getByRole("button", { name: "Back" }).click();
  await expect(seen.getByLabel("Customer name")).toHaveValue("Three Pages Ltd");
  await admin.getByRole("button", { name: "Try to send" }).click();
  await expect(seen.getByRole("heading", { name: "Scope" })).toBeVisible();
  await expect(summary.getByRole("link")).toHaveCount(1);
  await summary.getByRole("link").click();
  await expect(seen.getByLabel("Seats")).toBeFocused();
  await seen.getByLabel("Seats").fill("40");
  await on.click();
  await seen.getByLabel("Contract number").fill("C-77");
  await on.click();
  await on.click();

  await expect(seen.getByText("Last step")).toBeVisible();
  await expect(seen.getByRole("heading", { name: "Check your answers" })).toBeFocused();
  await expect(on).toHaveCount(0);
  const review = seen.locator("[data-part=preview-review]");
  await expect(review).toContainText("Three Pages Ltd");
  await expect(review).toContainText("Not answered");
  await expectAccessible(admin);
  await review.getByRole("button", { name: "Change The contract" }).click();
  await expect(seen.getByLabel("Contract number")).toHaveValue("C-77");
  await admin.getByRole("button", { name: "Try to send" }).click();
  await expect(admin.getByText("These answers would be taken. Nothing was sent.")).toBeVisible();
});

test("pages fit a phone", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await paged(it);
  const page = await newBrowser({
    viewport: { width: 390, height: 844 },
    storageState: await it.partner.context().storageState(),
  });
  await openPage(page, it.membership);
  await fill(page, "Small Screen Ltd");
  await goOn(page);
  await page.getByLabel("Seats").fill("4");
  await goOn(page);
  await goOn(page);
  await expect(title(page, "Check your answers")).toBeFocused();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
});
