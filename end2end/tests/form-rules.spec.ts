import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, openEditor, preview, publish, saved } from "../support/editor.ts";
import { publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { signIn, world } from "../support/world.ts";

const part = (page: Page, name: string) => page.getByRole("group", { name, exact: true });

/** Opens the rules for the answers of the field that is chosen. */
async function openRules(page: Page): Promise<void> {
  await page.locator('[data-part="answer-rules"] > summary').click();
}

/** Makes the rule of that box look at the country. */
async function whenGermany(page: Page, box: string): Promise<void> {
  await part(page, box).getByLabel("Look at").selectOption("Country");
  await part(page, box).getByLabel("Answer", { exact: true }).selectOption("Germany");
}

const options = (page: Page) => page.getByLabel("Plan").locator("option");
const dealOf = (page: Page): string => /deal_\w+/.exec(page.url())?.[0] ?? "";

test("R07 rules for answers are designed, kept by the form and seen by whom they are for", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const { admin, partner } = it;
  await openEditor(admin, it.program);
  await admin.getByRole("button", { name: "What does the customer need?", exact: true }).click();

  await addField(admin, "Short text", "Purchase order");
  await openRules(admin);
  await admin.getByLabel("Unique").check();
  await addField(admin, "Short text", "Reseller");
  await openRules(admin);
  await admin.getByLabel("Read only").check();
  await expect(admin.getByText("has nothing to show").first()).toBeVisible();
  await admin.getByLabel("Prefilled from").selectOption("The partner\u2019s name");
  await expect(admin.getByText("has nothing to show")).toHaveCount(0);
  await addField(admin, "Short text", "Our verdict");
  await openRules(admin);
  await admin.getByLabel("Seen by").selectOption("Company only");
  await expect(preview(admin).getByLabel("Our verdict")).toHaveCount(0);

  await addField(admin, "One of a list", "Plan");
  await admin.getByLabel("Options", { exact: true }).fill("Small\nLarge");
  await admin.getByLabel("Options", { exact: true }).press("Tab");
  await openRules(admin);
  await admin.getByRole("button", { name: "Show an option only when" }).click();
  await part(admin, "Option condition 1").getByLabel("Option", { exact: true }).selectOption("Large");
  await whenGermany(admin, "Option condition 1");

  await addField(admin, "Number", "Seats");
  await admin.getByLabel("Filled in at first").fill("10");
  await admin.getByLabel("Filled in at first").press("Tab");
  await openRules(admin);
  await admin.getByRole("button", { name: "Fill in something else when" }).click();
  await part(admin, "Default 1").getByLabel("Filled in", { exact: true }).fill("50");
  await part(admin, "Default 1").getByLabel("Filled in", { exact: true }).press("Tab");
  await whenGermany(admin, "Default 1");
  const rows = admin.getByRole("region", { name: "Fields" });
  for (const mark of ["Unique", "Read only", "Company only", "Options vary", "Default varies"]) {
    await expect(rows.getByText(mark, { exact: true })).toBeVisible();
  }
  await expectAccessible(admin);
  await saved(admin);
  await publish(admin, 2);

  await openPage(partner, it.membership);
  await expect(partner.getByText("Our verdict")).toHaveCount(0);
  await expect(partner.locator('[data-part="fixed"]')).toContainText(it.partnerName);
  await expect(partner.getByLabel("Seats")).toHaveValue("10");
  await expect(options(partner)).toHaveText(["Select one", "Small"]);
  await fill(partner, "Harbour Works");
  await expect(partner.getByLabel("Seats")).toHaveValue("50");
  await partner.getByLabel("Plan").selectOption("Large");
  await partner.getByLabel("Seats").fill("12");
  await partner.getByLabel("Country").selectOption("FR");
  await expect(options(partner)).toHaveText(["Select one", "Small"]);
  await expect(partner.getByLabel("Plan")).toHaveValue("");
  await expect(partner.getByLabel("Seats")).toHaveValue("12");
  await partner.getByLabel("Purchase order").fill("PO 17");
  await submitButton(partner).click();
  await expect(partner).toHaveURL(/\/registered/);
  const deal = dealOf(partner);

  await openPage(partner, it.membership);
  await fill(partner, "Tern Labs");
  await partner.getByLabel("Purchase order").fill(" po 17");
  await submitButton(partner).click();
  await expect(partner.getByText("A deal with this purchase order is registered already").first()).toBeVisible();
  await partner.getByLabel("Purchase order").fill("PO 18");
  await submitButton(partner).click();
  await expect(partner).toHaveURL(/\/registered/);

  await admin.goto(`/c/${it.program}/deals/${deal}`);
  await admin.getByRole("link", { name: "Change your own answers" }).click();
  await admin.locator('form[aria-label="Your own answers"][data-ready]').waitFor();
  await admin.getByLabel("Our verdict").fill("Long shot");
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.getByRole("region", { name: "Your own answers" })).toContainText("Long shot");
  await expect(admin.getByText("changed the company\u2019s own answers").first()).toBeVisible();

  await partner.goto(`/p/${it.membership}/deals/${deal}`);
  await expect(partner.getByText("PO 17").first()).toBeVisible();
  await expect(partner.getByText(/Long shot|Our verdict|own answers/)).toHaveCount(0);
});

test("R07 a field that an earlier deal filled in leads to that deal, also without JavaScript", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const { admin, partner } = it;
  await openEditor(admin, it.program);
  await addField(admin, "Short text", "Delivery site");
  await openRules(admin);
  await admin.getByLabel("Prefilled from").selectOption("The partner\u2019s last deal");
  await addField(admin, "Short text", "Purchase order");
  await openRules(admin);
  await admin.getByLabel("Unique").check();
  await publish(admin, 2);

  await openPage(partner, it.membership);
  const from = partner.locator('[data-part="filled-from"]');
  await expect(from).toHaveCount(0);
  await fill(partner, "Harbour Works");
  await expect(partner.getByLabel("Purchase order")).toHaveAccessibleDescription("No other deal may have the same");
  await partner.getByLabel("Delivery site").fill("Quay 4");
  await submitButton(partner).click();
  await expect(partner).toHaveURL(/\/registered/);
  const deal = dealOf(partner);

  await openPage(partner, it.membership);
  await expect(partner.getByLabel("Delivery site")).toHaveValue("Quay 4");
  await expect(from).toHaveCount(1);
  await expectAccessible(partner);
  await from.getByRole("link").click();
  await expect(partner).toHaveURL(new RegExp(`/deals/${deal}$`));
  await expect(partner.getByText("Quay 4").first()).toBeVisible();

  const plain = await newBrowser({ javaScriptEnabled: false });
  await signIn(plain, it.partnerPerson);
  await plain.goto(`/p/${it.membership}/deals/new`);
  await expect(plain.getByLabel("Delivery site")).toHaveValue("Quay 4");
  await plain.locator('[data-part="filled-from"]').getByRole("link").click();
  await expect(plain).toHaveURL(new RegExp(`/deals/${deal}$`));
});

test("R07 the rules for answers hold without JavaScript, and nothing typed is lost", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const german = { subject: "country", operator: { is: "DE" } };
  const list = [
    { value: "small", label: "Small" },
    { value: "large", label: "Large" },
  ];
  await publishForm(it.admin, it.program, (fields) => [
    ...fields,
    { key: "po", kind: "text", label: "Purchase order", traits: { unique: true } },
    { key: "reseller", kind: "text", label: "Reseller", traits: { prefill: "partner_name", read_only: true } },
    { key: "plan", kind: { select: { options: list } }, label: "Plan", option_rules: [{ option: "large", when: german }] },
    { key: "seats", kind: { number: { decimals: 0 } }, label: "Seats", defaults: [{ when: german, value: ["50"] }] },
    { key: "score", kind: { number: { decimals: 0 } }, label: "Score", required: "always", traits: { seen_by: "company" } },
    { key: "verdict", kind: "text", label: "Our verdict", traits: { seen_by: "company" } },
  ]);
  const plain = { javaScriptEnabled: false };
  const partner = await newBrowser(plain);
  await signIn(partner, it.partnerPerson);
  const open = async (customer: string): Promise<void> => {
    await partner.goto(`/p/${it.membership}/deals/new`);
    await expect(options(partner)).toHaveText(["Select one", "Small"]);
    await fill(partner, customer);
    await partner.getByRole("button", { name: "Update the questions" }).click();
    await expect(partner.getByLabel("Seats")).toHaveValue("50");
    await expect(partner.locator('[data-part="fixed"]')).toContainText(it.partnerName);
    await partner.getByLabel("Plan").selectOption("Large");
    await partner.getByLabel("Purchase order").fill("PO 17");
    await submitButton(partner).click();
  };
  await open("Harbour Works");
  await expect(partner).toHaveURL(/\/registered/);
  const deal = dealOf(partner);
  await open("Tern Labs");
  await expect(partner.getByText("A deal with this purchase order is registered already").first()).toBeVisible();
  await expect(partner.getByLabel("Customer name")).toHaveValue("Tern Labs");
  await partner.getByLabel("Purchase order").fill("PO 18");
  await submitButton(partner).click();
  await expect(partner).toHaveURL(/\/registered/);

  const admin = await newBrowser(plain);
  await signIn(admin, it.adminPerson);
  await admin.goto(`/c/${it.program}/deals/${deal}`);
  await admin.getByRole("link", { name: "Change your own answers" }).click();
  await admin.getByLabel("Score").fill("many");
  await admin.getByLabel("Our verdict").fill("Long shot");
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.getByText("Score must be a number, like 12").first()).toBeVisible();
  await expect(admin.getByLabel("Our verdict")).toHaveValue("Long shot");
  await admin.getByLabel("Score").fill("7");
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.getByRole("region", { name: "Your own answers" })).toContainText("Long shot");
  await partner.goto(`/p/${it.membership}/deals/${deal}`);
  await expect(partner.getByText(/Long shot|Our verdict|Score/)).toHaveCount(0);
});
