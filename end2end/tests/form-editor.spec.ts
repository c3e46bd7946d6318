import { expectAccessible } from "../support/accessible.ts";
import { addField, frame, openEditor, preview, saved } from "../support/editor.ts";
import { expect, test } from "../support/test.ts";
import { callJson, done, world } from "../support/world.ts";

test("R07 a company adds fields with a condition, and publishes them with the difference shown", async ({
  server,
  newBrowser,
}) => {
  const { admin, program } = await world(server, newBrowser);
  await openEditor(admin, program);
  await expect(admin.getByText("Version 1 is in use")).toBeVisible();

  await addField(admin, "One of a list", "Region");
  await expect(admin.getByText("Region: The list has no options. Add at least one.")).toBeVisible();
  await expectAccessible(admin);
  await admin.getByLabel("Options", { exact: true }).fill("North\nSouth");
  await admin.getByLabel("Options", { exact: true }).blur();
  await admin.getByLabel("Answer needed").selectOption("Yes");
  await expect(admin.getByText("The list has no options")).toHaveCount(0);

  await addField(admin, "Short text", "Site number");
  await admin.getByLabel("Shown", { exact: true }).selectOption("When another answer says so");
  await admin.getByLabel("Look at").selectOption("Region");
  await admin.getByLabel("Answer", { exact: true }).selectOption("South");
  await expect(admin.getByText("Region is South")).toBeVisible();

  const region = preview(admin).getByLabel("Region");
  await expect(preview(admin).getByLabel("Site number")).toHaveCount(0);
  await region.focus();
  await region.selectOption("South");
  await expect(preview(admin).getByLabel("Site number")).toBeVisible();
  await expect(region).toBeFocused();
  await expect(preview(admin).getByText("Also asked now: Site number")).toBeAttached();

  await saved(admin);
  await admin.getByRole("button", { name: "Publish..." }).click();
  const dialog = admin.getByRole("dialog", { name: "Publish version 2" });
  await expect(dialog.getByRole("listitem", { name: "Region" })).toContainText("Added");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(admin.getByText("Version 2 is in use")).toBeVisible();

  await openEditor(admin, program);
  await expect(admin.getByText("Version 2 is in use")).toBeVisible();
  await expect(preview(admin).getByLabel("Region")).toBeVisible();
  await expect(admin.getByRole("button", { name: "Publish..." })).toBeDisabled();
});

test("R07 a field that is added is seen, and its label waits to be typed", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await admin.setViewportSize({ width: 1280, height: 520 });
  await openEditor(admin, program);
  await addField(admin, "Date", "Seats");
  await expect(frame(admin, "Seats")).toBeInViewport({ ratio: 1 });

  // What is left when every field is taken out.
  await saved(admin);
  const { version } = (await done(callJson(admin, "form_editor", { program }))) as { version: number };
  const command = { definition: { fields: [] }, version };
  await done(callJson(admin, "keep_form_draft", { program, command }));
  await openEditor(admin, program);
  await expect(admin.getByText("Nothing is asked yet. Add a field, or drag one here.")).toBeVisible();
  await expectAccessible(admin);
});

test("R07 on a phone the properties open over the field that is chosen or added", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await admin.setViewportSize({ width: 360, height: 740 });
  await openEditor(admin, program);
  await admin.getByRole("button", { name: "Country", exact: true }).first().click();
  const sheet = admin.getByRole("dialog", { name: "Properties" });
  await expect(sheet.getByLabel("Label", { exact: true })).toHaveValue("Country");
  await expectAccessible(admin);
  await sheet.getByLabel("Label", { exact: true }).fill("Where they are");
  await sheet.getByRole("button", { name: "Done" }).click();
  await expect(sheet).toBeHidden();
  await expect(admin.getByRole("button", { name: "Where they are", exact: true })).toBeFocused();
  await expect(preview(admin).getByLabel("Where they are")).toBeAttached();

  await addField(admin, "Date", "Seats");
  await expect(sheet.getByLabel("Label", { exact: true })).toBeInViewport({ ratio: 1 });
  await saved(admin);
});
