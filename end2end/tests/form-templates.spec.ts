import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { publishForm } from "../support/forms.ts";
import { expect, test } from "../support/test.ts";
import { callJson, done, newProgram, next, world } from "../support/world.ts";

const rows = (page: Page) => page.getByRole("region", { name: "Fields" }).getByRole("listitem");
const preview = (page: Page) => page.getByRole("region", { name: "What partners see" });
const saved = (page: Page) => expect(page.getByText("Saved by You")).toBeVisible();

async function openEditor(page: Page, program: string): Promise<void> {
  await page.goto(`/c/${program}/form`);
  await page.locator('[data-part="form-editor"][data-ready]').waitFor();
}

/** Opens the dialog in which a form to start from is chosen. */
async function choose(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Start from...", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Start from another form" });
  await expect(dialog.getByRole("button", { name: "Start from Referral", exact: true })).toBeVisible();
  return dialog;
}

async function startFrom(page: Page, name: string): Promise<Locator> {
  const dialog = await choose(page);
  await dialog.getByRole("button", { name: `Start from ${name}`, exact: true }).click();
  return dialog;
}

interface Draft {
  draft: { fields: { key: string; label: string; kind: unknown }[] };
}

/** The draft as the server has it. */
async function draft(page: Page, program: string): Promise<Draft["draft"]> {
  return ((await done(callJson(page, "form_editor", { program }))) as Draft).draft;
}

test("a form starts from a template; undo brings back what was there, and changes are not replaced unasked", async ({
  server,
  newBrowser,
}) => {
  const { admin, program } = await world(server, newBrowser);
  await openEditor(admin, program);
  await expect(rows(admin)).toHaveCount(8);
  const dialog = await choose(admin);
  await expectAccessible(admin);
  await dialog.getByRole("button", { name: "Start from Referral", exact: true }).click();
  // Nothing was changed before, so nothing is asked.
  await expect(dialog).toBeHidden();
  await expect(rows(admin)).toHaveCount(12);
  await expect(preview(admin).getByLabel("How do you know them?")).toBeVisible();
  await expect(preview(admin).getByLabel("How exactly?")).toHaveCount(0);
  await saved(admin);
  await admin.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(rows(admin)).toHaveCount(8);
  await admin.getByRole("button", { name: "Redo", exact: true }).click();
  await expect(rows(admin)).toHaveCount(12);

  await startFrom(admin, "Renewal");
  await expect(dialog).toContainText("The template “Renewal” would take the place of your draft, which has changes");
  const keep = dialog.getByRole("button", { name: "Keep my draft" });
  await expect(keep).toBeFocused();
  await expectAccessible(admin);
  await keep.click();
  await expect(dialog).toBeHidden();
  await expect(rows(admin)).toHaveCount(12);
  await startFrom(admin, "Renewal");
  await dialog.getByRole("button", { name: "Replace the draft" }).click();
  await expect(dialog).toBeHidden();
  await expect(rows(admin)).toHaveCount(14);
  await saved(admin);
  await openEditor(admin, program);
  await expect(rows(admin)).toHaveCount(14);
  await expect(admin.getByText("Version 1 is in use")).toBeVisible();
});

test("a form starts from the one that another program's partners fill in", async ({ server, newBrowser }) => {
  const { admin, company, program } = await world(server, newBrowser);
  const name = `Elsewhere ${process.pid}-${next()}`;
  const other = await newProgram(admin, company, name);
  await publishForm(admin, other, (fields) => [...fields, { key: "site", kind: "text", label: "Site number" }]);
  await openEditor(admin, program);
  const dialog = await startFrom(admin, name);
  await expect(dialog).toBeHidden();
  await expect(rows(admin)).toHaveCount(9);
  await expect(preview(admin).getByLabel("Site number")).toBeVisible();
  await saved(admin);
  expect(await draft(admin, program)).toEqual(await draft(admin, other));
});

test("a form that was downloaded is the same form in another program", async ({ server, newBrowser }) => {
  const { admin, company, program } = await world(server, newBrowser);
  await openEditor(admin, program);
  await startFrom(admin, "Cloud marketplace opportunity");
  await expect(rows(admin)).toHaveCount(16);
  await saved(admin);
  const coming = admin.waitForEvent("download");
  await admin.getByRole("link", { name: "Download this form" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^[\w-]+-form-draft\.json$/);
  const buffer = await readFile(await download.path());
  expect(JSON.parse(buffer.toString())).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    properties: { customer: { type: "string" } },
    uischema: { type: "VerticalLayout" },
    "x-dealboard": { version: 1 },
  });

  const other = await newProgram(admin, company, `Import ${process.pid}-${next()}`);
  await openEditor(admin, other);
  const dialog = await choose(admin);
  const file = { name: "form.json", mimeType: "application/json", buffer };
  await dialog.getByLabel("Form file").setInputFiles(file);
  await expect(dialog).toBeHidden();
  await expect(rows(admin)).toHaveCount(16);
  await saved(admin);
  expect(await draft(admin, other)).toEqual(await draft(admin, program));
});

test("of a file that others made what could not be carried over is named; one that is none is refused", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const { admin, program } = await world(server, newBrowser);
  await openEditor(admin, program);
  const dialog = await choose(admin);
  const choice = dialog.getByLabel("Form file");
  const file = (text: string) => ({ name: "lead.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await choice.setInputFiles(file('{"properties": {"a": {}, "a": {}}}'));
  await expect(dialog.getByRole("alert")).toContainText("At /properties/a: This name stands here twice");
  await choice.setInputFiles(file("{"));
  await expect(dialog.getByRole("alert")).toContainText("The file is not JSON");
  await expectAccessible(admin);

  const schema = {
    properties: {
      lead: { type: "string", title: "Lead", pattern: "^L" },
      size: { enum: ["small", "large"], title: "Size" },
      parts: { type: "array", items: { type: "object" } },
    },
    required: ["lead"],
  };
  await choice.setInputFiles(file(JSON.stringify(schema)));
  await expect(dialog).toContainText("Not everything could be carried over");
  await expect(dialog).toContainText("/properties/lead/pattern");
  await expect(dialog).toContainText("/properties/parts");
  await dialog.getByRole("button", { name: "Replace the draft" }).click();
  await expect(rows(admin)).toHaveCount(2);
  await expect(rows(admin).nth(0)).toContainText("Lead");
  // It asks for no customer: that is said before it can be published.
  await expect(admin.getByText("The form must ask for “Customer name”. Add that field.")).toBeVisible();
});
