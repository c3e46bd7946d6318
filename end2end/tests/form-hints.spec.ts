import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, frame as row, openEditor, preview, saved } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

const hints = (page: Page): Locator => page.getByRole("region", { name: "Hints" });

/** With the four of the starter form they are ten. */
const SIX: Field[] = [1, 2, 3, 4, 5, 6].map((n) => ({
  key: `own_${n}`,
  kind: "text",
  label: `Question ${n}`,
  required: "always",
}));

const BY_REGION: Field[] = [
  {
    key: "region",
    kind: { select: { options: ["North", "South"].map((label) => ({ value: label.toLowerCase(), label })) } },
    label: "Region",
  },
  {
    key: "site",
    kind: "text",
    label: "Site number",
    visible_when: { subject: "region", operator: { is: "south" } },
  },
];

test("R07 a form that demands much says so, and a hint leads to its field", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await publishForm(admin, program, (fields) => [...fields, ...SIX]);
  await openEditor(admin, program);
  await expect(hints(admin)).toHaveCount(0);

  await addField(admin, "Short text", "Question 7");
  await admin.getByLabel("Answer needed").selectOption("Yes");
  await expect(hints(admin).getByText("11 fields must always be answered.")).toBeVisible();
  await admin.getByLabel("Answer needed").selectOption("No");
  await expect(hints(admin)).toHaveCount(0);

  await addField(admin, "Email address", "Address of the buyer");
  await admin.locator("#choose-customer").click();
  await expect(row(admin, "Customer name")).toHaveAttribute("aria-current", "true");
  await expectAccessible(admin);
  await hints(admin).getByRole("button", { name: /^Address of the buyer: It asks for a person/ }).click();
  await expect(row(admin, "Address of the buyer")).toHaveAttribute("aria-current", "true");
  const help = admin.getByLabel("Help", { exact: true });
  await expect(help).toBeFocused();
  await help.fill("For questions about this deal.");
  await help.blur();
  await expect(hints(admin)).toHaveCount(0);
  await saved(admin);
});

test("R07 options that look alike are named, and nothing is kept from being published", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await openEditor(admin, program);
  await addField(admin, "One of a list", "Region");
  const options = admin.getByLabel("Options", { exact: true });
  await options.fill("North-West\nNorthwest\nSouth");
  await options.blur();
  const hint = hints(admin).getByRole("button", { name: "“North-West” and “Northwest” look alike" });
  await expect(hint).toBeVisible();

  await saved(admin);
  const open = admin.getByRole("button", { name: "Publish..." });
  await open.click();
  const dialog = admin.getByRole("dialog", { name: "Publish version 2" });
  await dialog.getByText("1 hint", { exact: true }).click();
  await expect(dialog.getByText("look alike")).toBeVisible();
  await expectAccessible(admin);
  await expect(dialog.getByRole("button", { name: "Publish", exact: true })).toBeEnabled();
  await dialog.getByRole("button", { name: "Not now" }).click();

  await hint.click();
  await expect(options).toBeFocused();
  await options.fill("North-West\nSouth");
  await options.blur();
  await expect(hints(admin)).toHaveCount(0);
  await open.click();
  await expect(dialog.getByText("No hints.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Publish", exact: true })).toBeEnabled();
});

test("R07 the preview says why a field is hidden, and the list which fields have conditions", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await publishForm(admin, program, (fields) => [...fields, ...BY_REGION]);
  await openEditor(admin, program);
  await expect(row(admin, "Site number").getByText("Conditional")).toBeVisible();
  await expect(admin.locator("#choose-site")).toHaveAttribute("aria-description", "Shown when Region is South");
  await expect(row(admin, "Region").getByText("Conditional")).toHaveCount(0);

  const why = preview(admin).getByText("Why is this hidden?");
  const reason = preview(admin).getByText("“Site number” is shown when Region is South");
  await why.click();
  await expect(reason).toBeVisible();
  await expectAccessible(admin);
  await preview(admin).getByLabel("Region").selectOption("South");
  await expect(preview(admin).getByLabel("Site number")).toBeVisible();
  await expect(why).toHaveCount(0);

  // An edit draws the canvas anew; what was answered is answered still.
  await addField(admin, "Date", "Visit");
  await expect(preview(admin).getByLabel("Region")).toHaveValue("south");
  await expect(preview(admin).getByLabel("Site number")).toBeVisible();
  await preview(admin).getByLabel("Region").selectOption("North");
  await expect(reason).toBeVisible();
  await saved(admin);
});
