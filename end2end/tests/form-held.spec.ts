import { expectAccessible } from "../support/accessible.ts";
import { openEditor } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { complete, dealView, openForm, send, verdict } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { callJson, done, world } from "../support/world.ts";

const DAY = 86_400_000;
const SOON = 3_000;
const WHY = /Seats: 1 of 1 answer cannot become “Number”/;

// A process looks for what is due when it starts: the second one comes in place of the minute until the first looks again.
test("a form that an answer forbids by its time is held: why is read, it is mended, and waits for another time", {
  tag: ["@postgres", "@processes"],
}, async ({ server, newBrowser, startAnother, problems }) => {
  // Another time is no way round what stands in the way.
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const { admin, partner, program, membership } = it;
  await publishForm(admin, program, (fields) => [...fields, { key: "seats", kind: "text", label: "Seats" }]);
  const { draft, version } = (await done(callJson(admin, "form_editor", { program }))) as {
    draft: { fields: Field[] };
    version: number;
  };
  const fields = draft.fields.map((field) =>
    field.key === "seats" ? { ...field, kind: { number: { decimals: 0, unit: "" } } } : field,
  );
  const kept = (await done(
    callJson(admin, "keep_form_draft", { program, command: { definition: { fields }, version } }),
  )) as { version: number };
  const form = await openForm(it);
  const due = Date.now() + SOON;
  const at = due * 1_000;
  await done(callJson(admin, "schedule_form_draft", { program, command: { version: kept.version, at } }));
  const path = await done(send(it, form, { ...complete("Counting Ltd"), seats: ["a dozen"] }));
  const deal = /deal_\w+/.exec(String(path))?.[0] ?? "";
  await expect.poll(() => Date.now() > due).toBe(true);
  await startAnother();

  const told = "A new version could not be published";
  await expect(async () => {
    await openEditor(admin, program);
    await expect(admin.getByText(told)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(admin.getByText("Version 2 is in use")).toBeVisible();
  await expectAccessible(admin);
  await admin.goto("/notifications");
  const line = admin.getByRole("main").getByRole("link").and(admin.locator(`[href$="/c/${program}/form/versions"]`));
  await expect(line).toContainText("was not published");
  await expect(line).toContainText(WHY);
  await openEditor(admin, program);
  await admin.getByRole("link", { name: "See why, and choose another time" }).click();
  const held = admin.getByRole("region", { name: "Held", exact: true });
  await expect(held.getByRole("listitem").filter({ hasText: WHY })).toBeVisible();
  await expectAccessible(admin);
  const later = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 16);
  await held.getByLabel("Date and time, in UTC").fill(later);
  await held.getByRole("button", { name: "Change the time" }).click();
  await expect(held.getByRole("alert")).toContainText(WHY);

  // The answer is a number by now.
  await verdict(it, deal, "approve");
  const change = { deal, answers: { seats: ["12"] }, version: (await dealView(it, deal)).version };
  await done(callJson(partner, "amend_deal_answers", { membership, command: change }));
  await admin.reload();
  await admin.locator("[data-part=form-versions][data-ready]").waitFor();
  await expect(held).toContainText("Nothing stands in its way any more. Choose another time for it.");
  await held.getByLabel("Date and time, in UTC").fill(later);
  await held.getByRole("button", { name: "Change the time" }).click();
  const waiting = admin.getByRole("region", { name: "Scheduled", exact: true });
  await expect(waiting.getByLabel("Date and time, in UTC")).toHaveValue(later);
  await expect(held).toHaveCount(0);
});
