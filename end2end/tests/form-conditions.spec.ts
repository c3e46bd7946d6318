import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, fromMenu, openEditor, preview, publish, saved } from "../support/editor.ts";
import { publishForm } from "../support/forms.ts";
import { complete, openForm, openPage, send } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { callJson, done, world } from "../support/world.ts";

/** A condition, or a group of them, of the field that is chosen. */
const part = (page: Page, name: string) => page.getByRole("group", { name, exact: true });

/** The rule as the editor reads it back. */
const sentence = (page: Page) => page.locator(".sentence");

/** Adds a field behind all others, so that its condition may look at any of them. */
async function addLast(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: "What does the customer need?", exact: true }).click();
  await addField(page, "Short text", label);
}

async function startCondition(page: Page): Promise<void> {
  await page.getByLabel("Shown", { exact: true }).selectOption("When another answer says so");
  await page.getByLabel("Look at").selectOption("Country");
  await page.getByLabel("Answer", { exact: true }).selectOption("Germany");
  await expect(sentence(page)).toHaveText("Country is Germany");
}

test("R07 an admin builds a condition of several levels, and the partner's form follows it", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const { admin, program } = it;
  await openEditor(admin, program);
  await addLast(admin, "Tender number");
  await admin.getByLabel("Answer needed").selectOption("Yes");
  await startCondition(admin);

  await admin.getByRole("button", { name: "Add another condition", exact: true }).press("Enter");
  await expect(part(admin, "Condition 2").getByLabel("Look at")).toBeFocused();
  await admin.getByRole("button", { name: "Add a group", exact: true }).press("Enter");
  await expect(part(admin, "Condition 3").getByLabel("Look at")).toBeFocused();
  await admin.getByRole("button", { name: "Remove condition 2" }).press("Enter");
  await expect(admin.getByRole("button", { name: "Add another condition", exact: true })).toBeFocused();

  const value = part(admin, "Condition 2");
  await value.getByLabel("Look at").selectOption("Expected value");
  await value.getByLabel("Answer", { exact: true }).fill("1000");
  await value.getByLabel("Answer", { exact: true }).press("Tab");
  await admin.getByRole("button", { name: "Add a group to group 1" }).press("Enter");
  const contact = part(admin, "Condition 3");
  await contact.getByLabel("Look at").selectOption("Contact name");
  await contact.getByLabel("Which").selectOption("is not answered");
  await part(admin, "Group 2").getByLabel("Match").selectOption("None of these");
  await expect(sentence(admin)).toHaveText(
    "Country is Germany and (Expected value is at least 1000 or not (Contact name is not answered))",
  );
  await expectAccessible(admin);
  await saved(admin);

  const tender = preview(admin).getByLabel("Tender number");
  await preview(admin).locator("[name=value]").fill("2,000");
  await expect(tender).toHaveCount(0);
  await preview(admin).getByLabel("Country").selectOption("DE");
  await expect(tender).toBeVisible();
  await preview(admin).locator("[name=value]").fill("200");
  await expect(tender).toHaveCount(0);
  await preview(admin).getByLabel("Contact name").fill("Ada Hale");
  await expect(tender).toBeVisible();

  await publish(admin, 2);
  const page = it.partner;
  await openPage(page, it.membership);
  await page.getByLabel("Country").selectOption("DE");
  await page.locator("[name=value]").fill("999");
  await expect(page.getByLabel("Tender number")).toHaveCount(0);
  await page.locator("[name=value]").fill("1000");
  await expect(page.getByLabel("Tender number")).toBeVisible();

  // The server decides by the same rule.
  const form = await openForm(it);
  const large = complete("Hale & Moss", "1000");
  expect((await send(it, form, large)).status).toBe(422);
  expect((await send(it, form, { ...large, country: ["FR"] })).status).toBe(200);
});

test("R07 one condition stands as it ever did, and so does what is left of a group", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await openEditor(admin, program);
  await addLast(admin, "VAT number");
  await startCondition(admin);
  await expect(part(admin, "Shown when")).toHaveCount(0);

  await admin.getByRole("button", { name: "Add another condition", exact: true }).click();
  const second = part(admin, "Condition 2");
  await second.getByLabel("Look at").selectOption("Contact name");
  await second.getByLabel("Which").selectOption("is answered");
  await part(admin, "Shown when").getByLabel("Match").selectOption("Any of these");
  await expect(sentence(admin)).toHaveText("Country is Germany or Contact name is answered");

  await admin.getByRole("button", { name: "Remove condition 2" }).click();
  await expect(part(admin, "Shown when")).toHaveCount(0);
  await expect(sentence(admin)).toHaveText("Country is Germany");
  await expect(admin.getByLabel("Answer", { exact: true })).toHaveValue("DE");
  await admin.getByRole("button", { name: "Undo" }).click();
  await expect(sentence(admin)).toHaveText("Country is Germany or Contact name is answered");

  // None of one is not the one: the group stays, and goes with its last condition.
  await part(admin, "Shown when").getByLabel("Match").selectOption("None of these");
  await admin.getByRole("button", { name: "Remove condition 2" }).click();
  await expect(sentence(admin)).toHaveText("Not (Country is Germany)");
  await admin.getByRole("button", { name: "Remove condition 1" }).click();
  await expect(admin.getByLabel("Shown", { exact: true })).toHaveValue("always");
  await expect(admin.getByLabel("Shown", { exact: true })).toBeFocused();
  await expect(sentence(admin)).toHaveCount(0);
});

test("R07 a condition of a group that cannot be met is named, and groups without end are not kept", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 4\d\d/);
  const { admin, program } = await world(server, newBrowser);
  const country = { subject: "country", operator: { is: "CH" } };
  await publishForm(admin, program, (fields) =>
    fields.map((field) => (field.key === "need" ? { ...field, required: { when: { any: [country, country] } } } : field)),
  );
  await openEditor(admin, program);
  await fromMenu(admin, "Country", "Remove");
  await expect(admin.getByRole("button", { name: /Condition 2 of 2 in “Answer needed” looks at the field “country”/ })).toBeVisible();
  await saved(admin);

  const keep = async (levels: number) => {
    const { draft, version } = (await done(callJson(admin, "form_editor", { program }))) as {
      draft: { fields: { key: string }[] };
      version: number;
    };
    let rule: unknown = country;
    for (let level = 0; level < levels; level += 1) {
      rule = { all: [rule] };
    }
    const fields = draft.fields.map((field) => (field.key === "need" ? { ...field, visible_when: rule } : field));
    return callJson(admin, "keep_form_draft", { program, command: { definition: { fields }, version } });
  };
  expect((await keep(8)).status).toBe(200);
  const refused = await keep(9);
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ why: { definition: [{ fault: { code: "groups_too_deep" } }] } });
  expect((await keep(1_000)).status).toBe(400);
});
