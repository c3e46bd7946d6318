import { expectAccessible } from "../support/accessible.ts";
import { addField, fromMenu, openEditor, publish, saved } from "../support/editor.ts";
import { publishForm } from "../support/forms.ts";
import { complete, fill, openForm, openPage, send, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { done, signIn, world } from "../support/world.ts";

const DAY = 86_400_000;

test("a new version is judged, scheduled, taken back and published; a draft goes on in it; the old one comes back without scripts", async ({
  server,
  newBrowser,
  problems,
}) => {
  // A time that is over is refused.
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const { admin, partner, program } = it;
  await openPage(partner, it.membership);
  await fill(partner, "Begun Before Ltd");
  await expect(partner.locator("[data-part=save-state]")).toContainText("Saved");

  await openEditor(admin, program);
  await fromMenu(admin, "Country", "Remove");
  await addField(admin, "Short text", "Region");
  await admin.getByLabel("Answer needed").selectOption("Yes");
  await saved(admin);
  await admin.getByRole("button", { name: "Publish..." }).click();
  const dialog = admin.getByRole("dialog", { name: "Publish version 2" });
  const changes = dialog.getByRole("list", { name: "Changes" });
  await expect(changes.getByRole("listitem", { name: "Region" })).toContainText("Added");
  await expect(changes.getByRole("listitem", { name: "Region" })).toContainText("Short text, mandatory");
  await expect(changes.getByRole("listitem", { name: "Country" })).toContainText("Removed");
  await expect(dialog.getByText("1 registration is begun and not sent.")).toBeVisible();
  await expect(dialog.getByText("“Country” is not asked any more. It is answered in 1 draft and 0 deals")).toBeVisible();
  await expect(dialog.getByText("“Region” becomes mandatory: 1 draft lacks it.")).toBeVisible();

  await dialog.getByLabel("Publish at a later time").check();
  const at = dialog.getByLabel("Date and time, in UTC");
  await expectAccessible(admin);
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(dialog.getByText("Enter a date and a time")).toBeVisible();
  await at.fill("2020-01-01T10:00");
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(dialog.getByText("Choose a time that is still to come, or publish now")).toBeVisible();
  await at.fill(new Date(Date.now() + 30 * DAY).toISOString().slice(0, 16));
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(dialog).toBeHidden();
  await expect(admin.getByText("A new version is scheduled")).toBeVisible();
  await expect(admin.getByText("Version 1 is in use")).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Cancel the schedule", exact: true }).click();
  await admin.getByRole("button", { name: "Yes: Cancel the schedule" }).click();
  await expect(admin.getByText("A new version is scheduled")).toBeHidden();
  await publish(admin, 2);

  await partner.reload();
  await partner.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(partner.getByText("The form has changed: 1 new question, 1 question fewer")).toBeVisible();
  await expect(partner.getByText("New since you started")).toHaveCount(1);
  await expect(partner.getByLabel("Customer name")).toHaveValue("Begun Before Ltd");
  await expect(partner.getByLabel("Country")).toHaveCount(0);
  await partner.getByLabel("Region").fill("North");
  await submitButton(partner).click();
  await partner.getByRole("link", { name: "Open the deal" }).click();
  await expect(partner.locator("[data-part=answers]")).toContainText("North");

  const plain = await newBrowser({ javaScriptEnabled: false });
  await signIn(plain, it.adminPerson);
  await plain.goto(`/c/${program}/form/versions`);
  await expect(plain.getByRole("heading", { name: "Version 1 beside version 2" })).toBeVisible();
  await expect(plain.getByRole("listitem", { name: "Country" })).toContainText("Removed");
  await plain.getByLabel("Before").selectOption("Version 2");
  await plain.getByLabel("After").selectOption("Version 1");
  await plain.getByRole("button", { name: "Compare" }).click();
  await expect(plain.getByRole("listitem", { name: "Country" })).toContainText("Added");
  await plain.getByRole("link", { name: "Use version 1 again" }).click();
  await expect(plain.getByRole("listitem", { name: "Region" })).toContainText("Removed");
  await plain.getByRole("button", { name: "Publish it as version 3" }).click();
  await expect(plain).toHaveURL(/\/form$/);
  await expect(plain.getByText("Version 3 is in use")).toBeVisible();
});

test("what is scheduled is looked at, moved and cancelled on the page of the versions, also without scripts", async ({
  server,
  newBrowser,
  problems,
}) => {
  // A time that is over is refused.
  problems.allow(/status of 422/);
  const it = await world(server, newBrowser);
  const { admin, program } = it;
  await openEditor(admin, program);
  await addField(admin, "Short text", "Region");
  await saved(admin);
  await admin.getByRole("button", { name: "Publish..." }).click();
  const dialog = admin.getByRole("dialog", { name: "Publish version 2" });
  await dialog.getByLabel("Publish at a later time").check();
  await dialog.getByLabel("Date and time, in UTC").fill("2090-05-01T10:30");
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(dialog.getByText("Choose a time within a year")).toBeVisible();
  const soon = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 16);
  await dialog.getByLabel("Date and time, in UTC").fill(soon);
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(dialog).toBeHidden();

  await admin.getByRole("link", { name: "See what it changes, or choose another time" }).click();
  const waiting = admin.getByRole("region", { name: "Scheduled", exact: true });
  const at = waiting.getByLabel("Date and time, in UTC");
  await expect(at).toHaveValue(soon);
  await waiting.getByText("What it changes", { exact: true }).click();
  await expect(waiting.getByRole("listitem", { name: "Region" })).toContainText("Added");
  await expectAccessible(admin);
  await at.fill("2020-01-01T10:00");
  await waiting.getByRole("button", { name: "Change the time" }).click();
  await expect(waiting.getByText("Choose a time that is still to come, or publish now")).toBeVisible();
  const later = new Date(Date.now() + 60 * DAY).toISOString().slice(0, 16);
  await at.fill(later);
  const moved = admin.waitForResponse("**/api/move_form_schedule");
  await waiting.getByRole("button", { name: "Change the time" }).click();
  expect((await moved).ok()).toBe(true);
  await expect(waiting.getByText("Choose a time that is still to come")).toHaveCount(0);
  await admin.reload();
  await expect(at).toHaveValue(later);

  const plain = await newBrowser({ javaScriptEnabled: false });
  await signIn(plain, it.adminPerson);
  await plain.goto(`/c/${program}/form/versions`);
  const still = plain.getByRole("region", { name: "Scheduled", exact: true });
  await still.getByLabel("Date and time, in UTC").fill(soon);
  await still.getByRole("button", { name: "Change the time" }).click();
  await expect(plain).toHaveURL(/\/form\/versions$/);
  await expect(still.getByLabel("Date and time, in UTC")).toHaveValue(soon);
  await still.getByRole("button", { name: "Cancel the schedule", exact: true }).click();
  await still.getByRole("button", { name: "Yes: Cancel the schedule" }).click();
  await expect(plain.getByRole("heading", { name: "Versions of the form" })).toBeVisible();
  await expect(still).toHaveCount(0);
  await openEditor(admin, program);
  await expect(admin.getByText("Version 1 is in use")).toBeVisible();
  await expect(admin.getByText("A new version is scheduled")).toHaveCount(0);
});

test("a field whose answers cannot become another kind is asked anew, and a draft carries over what was mapped", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const { admin, partner, program } = it;
  await publishForm(admin, program, (fields) => [...fields, { key: "seats", kind: "text", label: "Seats" }]);
  await done(send(it, await openForm(it), { ...complete("Counting Ltd"), seats: ["a dozen"] }));
  await openPage(partner, it.membership);
  await partner.getByLabel("Seats").fill("A dozen");
  await fill(partner, "Begun Before Ltd");
  await expect(partner.locator("[data-part=save-state]")).toContainText("Saved");

  await openEditor(admin, program);
  await admin.locator("#choose-seats").click();
  await admin.getByLabel("Kind", { exact: true }).selectOption("Number");
  await admin.getByRole("button", { name: "Ask it anew as “Number”" }).click();
  await expect(admin.getByLabel("Label", { exact: true })).toBeFocused();
  await expect(admin.getByLabel("Kind", { exact: true })).toHaveValue("Number");
  await expect(admin.getByText("Takes the place of seats")).toBeVisible();
  const mapping = admin.getByLabel("Old answers as new ones");
  await mapping.fill("a dozen = 12");
  await mapping.press("Tab");
  await expectAccessible(admin);
  await publish(admin, 3);
  await expect(admin.getByRole("button", { name: "Bring back Seats" })).toBeVisible();

  await partner.reload();
  await partner.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(partner.getByText("New since you started")).toHaveCount(1);
  await expect(partner.getByLabel("Seats")).toHaveValue("12");
  await submitButton(partner).click();
  await partner.getByRole("link", { name: "Open the deal" }).click();
  await expect(partner.locator("[data-part=answers]")).toContainText("12");
});

test("what was answered decides the kind of a field; a removed one is archived, keeps its key and comes back", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const { admin, program } = it;
  await publishForm(admin, program, (fields) => [...fields, { key: "seats", kind: "text", label: "Seats" }]);
  await done(send(it, await openForm(it), { ...complete("Counting Ltd"), seats: ["a dozen"] }));

  await openEditor(admin, program);
  const fields = admin.getByRole("region", { name: "Fields" });
  await fields.getByRole("button", { name: "Seats", exact: true }).click();
  const kind = admin.getByLabel("Kind", { exact: true });
  await kind.selectOption("Number");
  await expect(admin.getByText("1 of 1 answer cannot become “Number”. Keep the kind, and add a new field.")).toBeVisible();
  await expect(kind).toHaveValue("Short text");
  await kind.selectOption("Long text");
  await expect(kind).toHaveValue("Long text");
  await expect(admin.getByText("cannot become")).toHaveCount(0);

  await fromMenu(admin, "Seats", "Remove");
  const archived = admin.getByRole("region", { name: "Archived" });
  await expect(archived.getByRole("button", { name: "Bring back Seats" })).toBeVisible();
  await publish(admin, 3);
  await addField(admin, "Percentage", "Places");
  const key = admin.getByLabel("Key", { exact: true });
  await key.fill("seats");
  await key.blur();
  await expect(admin.getByText("Places: Its key belonged to a field of kind “Short text”")).toBeVisible();
  await fromMenu(admin, "Places", "Remove");

  await archived.getByRole("button", { name: "Bring back Seats" }).click();
  await expect(fields.getByRole("button", { name: "Seats", exact: true })).toBeVisible();
  await expect(archived).toHaveCount(0);
  await expect(admin.getByText("Key: seats.")).toBeVisible();
  await publish(admin, 4);
  await admin.getByRole("link", { name: "What version 4 changed" }).click();
  await expect(admin.getByRole("heading", { name: "Version 3 beside version 4" })).toBeVisible();
  await expect(admin.getByRole("listitem", { name: "Seats" })).toContainText("Added");
  await expectAccessible(admin);
});
