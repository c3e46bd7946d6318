import { publishForm } from "../support/forms.ts";
import { complete, dealView, openForm, openPage, send, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

const MANDATORY = ["customer", "country", "value", "close_date"];

test("R13 an empty form is stopped: summary with links, message at the field, focus", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  await submitButton(page).click();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(MANDATORY.length);
  for (const key of MANDATORY) {
    await expect(page.locator(`#${key}-error`)).not.toBeEmpty();
  }
  await summary.getByRole("link", { name: "Enter customer name" }).click();
  await expect(page.getByLabel("Customer name")).toBeFocused();
  // Mended, the message goes.
  await page.getByLabel("Customer name").fill("Hale & Moss");
  await expect(page.locator("#customer-error")).toHaveCount(0);
});

test("R13 the server enforces the same", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const form = await openForm(it);
  const { status, body } = await send(it, form, {});
  expect(status).toBe(422);
  const { why } = body as { why: { fields: { field: string; problem: { code: string } }[] } };
  expect(why.fields.map(({ field, problem }) => [field, problem.code])).toEqual(MANDATORY.map((key) => [key, "missing"]));
  expect((await send(it, form, { ...complete("Hale & Moss"), of_another_company: ["x"] })).status).toBe(422);
  expect((await send(it, form, complete("Hale & Moss"))).status).toBe(200);
});

test("R13 a field that a condition makes mandatory", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const required = { when: { subject: "country", operator: { is: "CH" } } };
  await publishForm(it.admin, it.program, (fields) =>
    fields.map((field) => (field.key === "need" ? { ...field, required } : field)),
  );

  const page = it.partner;
  await openPage(page, it.membership);
  const need = page.getByLabel("What does the customer need?");
  await expect(need).not.toHaveAttribute("aria-required", "true");
  await page.getByLabel("Country").selectOption("CH");
  await expect(need).toHaveAttribute("aria-required", "true");
  await submitButton(page).click();
  await expect(page.locator("#need-error")).not.toBeEmpty();

  const form = await openForm(it);
  const swiss = { ...complete("Matterhorn AG"), country: ["CH"] };
  expect((await send(it, form, swiss)).status).toBe(422);
  const sent = await send(it, form, { ...swiss, need: ["Everything"] });
  expect(sent.status).toBe(200);
  const deal = /deal_\w+/.exec(String(sent.body))?.[0] ?? "";
  expect((await dealView(it, deal)).registration.status).toBe("submitted");
});
