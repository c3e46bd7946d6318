import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, openEditor, preview, publish, saved } from "../support/editor.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { signIn, world } from "../support/world.ts";

async function addFieldEditedBy(page: Page, label: string, by: string): Promise<void> {
  await addField(page, "Short text", label);
  await page.locator('[data-part="answer-rules"] > summary').click();
  await page.getByLabel("Edited by").selectOption(by);
}

/** The company's answers about a deal, as they are to be changed. */
async function openAnswers(page: Page, program: string, deal: string): Promise<void> {
  await page.goto(`/c/${program}/deals/${deal}`);
  await page.getByRole("link", { name: "Change your own answers" }).click();
  await page.locator('form[aria-label="Your own answers"][data-ready]').waitFor();
}

test("R07 who edits a field is designed, read by the partner and done by the company, and nobody overwrites another", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 409/);
  const it = await world(server, newBrowser);
  const { admin, partner } = it;
  await openEditor(admin, it.program);
  await addFieldEditedBy(admin, "Discount", "Company");
  await expect(admin.locator('[data-part="sides"]')).toHaveText(
    "Both sides see it, and the company edits it on the deal\u2019s page.",
  );
  await expect(preview(admin).getByText("The company answers this.")).toBeVisible();
  await addFieldEditedBy(admin, "Segment", "Partner and company");
  await expect(admin.locator('[data-part="sides"]')).toContainText("see it and edit it");
  const rows = admin.getByRole("region", { name: "Fields" });
  for (const mark of ["Company edits", "Both edit"]) {
    await expect(rows.getByText(mark, { exact: true })).toBeVisible();
  }
  await expectAccessible(admin);
  await saved(admin);
  await publish(admin, 2);

  await openPage(partner, it.membership);
  const fixed = partner.locator('[data-part="fixed"]');
  await expect(fixed).toContainText("The company answers this.");
  await expect(fixed).toContainText("Not answered yet");
  await expect(partner.locator("[name=discount]")).toHaveCount(0);
  await fill(partner, "Harbour Works");
  await partner.getByLabel("Segment").fill("North");
  await expectAccessible(partner);
  await submitButton(partner).click();
  await expect(partner).toHaveURL(/\/registered/);
  const deal = /deal_\w+/.exec(partner.url())?.[0] ?? "";

  const late = await newBrowser();
  await signIn(late, it.adminPerson);
  await openAnswers(late, it.program, deal);
  await openAnswers(admin, it.program, deal);
  await expect(admin.locator('[data-part="who-sees"]')).toContainText("Discount, Segment");
  await admin.getByLabel("Discount").fill("Ten percent");
  await admin.getByLabel("Segment").fill("South");
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.getByRole("region", { name: "Your own answers" })).toContainText("Ten percent");
  await expect(admin.getByText("changed 2 answers").first()).toBeVisible();

  // Who opened it before is told who was first; what they typed stands.
  await late.getByLabel("Discount").fill("Five percent");
  await late.getByRole("button", { name: "Save", exact: true }).click();
  const refused = late.getByRole("alert").filter({ hasText: "Your answers were not saved" });
  await expect(refused).toContainText(`${it.adminPerson.name} changed 2 answers`);
  await expect(late.getByLabel("Discount")).toHaveValue("Five percent");

  await partner.goto(`/p/${it.membership}/deals/${deal}`);
  const answers = partner.locator("[data-part=answers]");
  await expect(answers).toContainText("Ten percent");
  await expect(answers).toContainText("South");
  await expect(partner.getByText("changed 2 answers").first()).toBeVisible();
  await expect(partner.getByRole("link", { name: /own answers/ })).toHaveCount(0);
});
