import { expectAccessible } from "../support/accessible.ts";
import { openEditor } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { complete, openForm, send } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { dealOf, decided } from "../support/working.ts";
import { callJson, done, world } from "../support/world.ts";

const CUSTOMER = "Counting Ltd";
const DAY = 86_400_000;
const SOON = 10_000;

interface Draft {
  draft: { fields: Field[] };
  version: number;
}

test("a form that the answers forbid when its time comes is held: the admin reads why, and gives it another time", async ({
  server,
  newBrowser,
}) => {
  // The server looks once a minute whether a time has come.
  test.slow();
  const it = await world(server, newBrowser);
  const { admin, partner, program } = it;
  await publishForm(admin, program, (fields) => [...fields, { key: "seats", kind: "text", label: "Seats" }]);
  const { draft, version } = (await done(callJson(admin, "form_editor", { program }))) as Draft;
  const fields = draft.fields.map((field) =>
    field.key === "seats" ? { ...field, kind: { number: { decimals: 0, unit: "" } } } : field,
  );
  const keep = { definition: { fields }, version };
  const kept = (await done(callJson(admin, "keep_form_draft", { program, command: keep }))) as { version: number };
  // In microseconds.
  const at = (Date.now() + SOON) * 1_000;
  await done(callJson(admin, "schedule_form_draft", { program, command: { version: kept.version, at } }));
  await done(send(it, await openForm(it), { ...complete(CUSTOMER), seats: ["a dozen"] }));
  await decided(it, CUSTOMER, "approve");

  const versions = `/c/${program}/form/versions`;
  const held = admin.getByRole("region", { name: "Held", exact: true });
  await expect(async () => {
    await admin.goto(versions);
    await expect(held).toBeVisible({ timeout: 1_000 });
  }).toPass({ intervals: [2_000], timeout: 100_000 });
  await ready(admin);
  await expect(held).toContainText("A new version could not be published");
  await expect(held).toContainText("1 of 1 answer cannot become “Number”");
  await expect(held).toContainText("Partners fill in the form that they had.");
  await expectAccessible(admin);
  await openEditor(admin, program);
  await expect(admin.getByText("Version 2 is in use")).toBeVisible();
  await expect(admin.getByText("A new version could not be published")).toBeVisible();
  await expectAccessible(admin);

  // What stood in the way is mended, and the form waits again.
  const deal = await dealOf(it, CUSTOMER);
  const command = { deal: deal.id, answers: { seats: ["12"] }, version: deal.version };
  await done(callJson(partner, "amend_deal_answers", { membership: it.membership, command }));
  await admin.getByRole("link", { name: "See why, and choose another time" }).click();
  await expect(held).toContainText("Nothing stands in its way any more. Choose another time for it.");
  const later = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 16);
  await held.getByLabel("Date and time, in UTC").fill(later);
  await held.getByRole("button", { name: "Change the time" }).click();
  const waiting = admin.getByRole("region", { name: "Scheduled", exact: true });
  await expect(waiting.getByLabel("Date and time, in UTC")).toHaveValue(later);
  await expect(held).toHaveCount(0);
});
