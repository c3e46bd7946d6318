import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { middle } from "../support/board.ts";
import { addField, frame, frames, fromMenu, grip, labels, openEditor, preview, saved } from "../support/editor.ts";
import { publishForm } from "../support/forms.ts";
import { newTier, raise } from "../support/money.ts";
import { expect, test } from "../support/test.ts";
import { type World, call, done, next, world } from "../support/world.ts";

/** Takes what lies under the middle of `from` with the mouse and holds it over the upper edge of a field. */
async function carry(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await middle(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 8, start.y + 4, { steps: 3 });
  const field = await to.boundingBox();
  if (field === null) {
    throw new Error("the field is not on the screen");
  }
  await page.mouse.move(field.x + field.width / 2, field.y + 4, { steps: 10 });
  await expect(to).toHaveAttribute("data-drop", "before");
}

/** One more admin of the company, in a browser of their own. */
async function secondAdmin(it: World, page: Page): Promise<Page> {
  const email = `ravi-${process.pid}-${next()}@altostrat.example`;
  const invited = call(it.admin, "invite_to_company", { company: it.company, email, role: "admin" });
  const { path } = (await done(invited)) as { path: string };
  await page.goto(path);
  const token = path.split("/").pop() ?? "";
  await done(call(page, "join", { token, name: "Ravi Sharma", password: it.adminPerson.password }));
  return page;
}

/** Holds the page's next save back, once it is on its way, while `meanwhile` happens. */
async function whileSaveIsHeld(page: Page, edit: () => Promise<void>, meanwhile: () => Promise<void>): Promise<void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const address = "**/api/keep_form_draft";
  const held: Promise<void>[] = [];
  await page.route(address, (route) => {
    const passed = released.then(() => route.continue());
    held.push(passed);
    return passed;
  });
  const sent = page.waitForRequest(address);
  await edit();
  await sent;
  await meanwhile();
  release();
  await Promise.all(held);
  await page.unroute(address);
}

const START = ["Customer name", "Customer website", "Country", "Region", "Contact name"];

/** A form whose region looks at its country, open in the editor. */
async function openOrdered({ admin, program }: World): Promise<void> {
  const region = {
    key: "region",
    kind: "text",
    label: "Region",
    visible_when: { subject: "country", operator: { is: "DE" } },
  };
  await publishForm(admin, program, (fields) => fields.flatMap((f) => (f.key === "country" ? [f, region] : [f])));
  await admin.setViewportSize({ width: 1280, height: 1100 });
  await openEditor(admin, program);
  await begin(admin, START);
}

/** The first fields have these labels. */
const begin = (page: Page, expected: string[]): Promise<void> =>
  expect.poll(async () => (await labels(page).allTextContents()).slice(0, expected.length)).toEqual(expected);

/** Takes back every step: the form is as it was published. */
async function undoAll(page: Page): Promise<void> {
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  while (await undo.isEnabled()) {
    await undo.click();
  }
  await begin(page, START);
  await expect(frames(page)).toHaveCount(9);
  await saved(page);
}

test("fields are dragged in from the palette and to their places, by pointer and by keys", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const { admin } = it;
  await openOrdered(it);

  // From the palette to its place, by the mouse; the label waits.
  const palette = admin.getByRole("region", { name: "Add a field" });
  await carry(admin, palette.getByRole("button", { name: "Date", exact: true }), frame(admin, "Customer website"));
  await admin.mouse.up();
  const label = admin.getByLabel("Label", { exact: true });
  await expect(label).toBeFocused();
  await label.fill("Visit");
  await label.press("Tab");
  await begin(admin, ["Customer name", "Visit", "Customer website"]);

  await carry(admin, grip(admin, "Visit"), frame(admin, "Customer name"));
  await admin.keyboard.press("Escape");
  await expect(frame(admin, "Customer name")).not.toHaveAttribute("data-drop");
  await admin.mouse.up();
  await begin(admin, ["Customer name", "Visit"]);
  await carry(admin, grip(admin, "Visit"), frame(admin, "Customer name"));
  await admin.mouse.up();
  await begin(admin, ["Visit", "Customer name"]);
  await expect(admin.getByText("Visit, 1 of 10", { exact: true })).toBeAttached();

  await grip(admin, "Visit").press("Alt+ArrowDown");
  await begin(admin, ["Customer name", "Visit", "Customer website"]);
  await expect(grip(admin, "Visit")).toBeFocused();
  await expect(admin.getByText("Visit, 2 of 10", { exact: true })).toBeAttached();
  await expectAccessible(admin);
  await undoAll(admin);
});

test("a field is moved onto another page by its menu, and duplicated by a key", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const { admin } = it;
  await openOrdered(it);
  await admin.locator("#choose-customer").click();
  await addField(admin, "Date", "Visit");
  await begin(admin, ["Customer name", "Visit", "Customer website"]);

  // A page behind the last field, and a field moved onto it.
  await admin.locator("#choose-need").click();
  await addField(admin, "New page", "Technical");
  await expect(frame(admin, "Technical").getByText("Page 2", { exact: true })).toBeVisible();
  const menu = admin.getByRole("button", { name: "More for Visit", exact: true });
  await menu.click();
  await expect(admin.locator(".menu__list:popover-open")).toBeVisible();
  await expectAccessible(admin);
  await menu.press("Escape");
  await fromMenu(admin, "Visit", "Move to page 2: Technical");
  await expect(labels(admin).last()).toHaveText("Visit");
  await expect(grip(admin, "Visit")).toBeFocused();

  await admin.locator("#choose-country").focus();
  await admin.keyboard.press("Control+d");
  await begin(admin, ["Customer name", "Customer website", "Country", "Country (copy)", "Region"]);
  await expect(frame(admin, "Country (copy)").getByText("Mandatory")).toBeVisible();
  await expectAccessible(admin);

  // What was saved meanwhile is taken back too.
  await saved(admin);
  await undoAll(admin);
});

test("no field is moved above what it looks at, by menu or by keys", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const { admin } = it;
  await openOrdered(it);
  await admin.locator("#choose-country").focus();
  await admin.keyboard.press("Control+d");
  await begin(admin, ["Customer name", "Customer website", "Country", "Country (copy)", "Region"]);

  const refusal = admin.locator(".toast").filter({ hasText: "Region looks at Country, so it must come after it" });
  await fromMenu(admin, "Country (copy)", "Remove");
  await begin(admin, START);
  await fromMenu(admin, "Region", "Move up");
  await expect(refusal).toHaveCount(1);
  await grip(admin, "Country").press("Alt+ArrowDown");
  await expect(refusal).toHaveCount(2);
  await begin(admin, START);
  await undoAll(admin);
});

test("fifty steps are taken back and taken again, also after they were saved", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await openEditor(admin, program);
  await admin.locator("#choose-need").click();
  const label = admin.getByLabel("Label", { exact: true });
  const before = await label.inputValue();
  const steps = Array.from({ length: 50 }, (_, step) => step + 1);
  for (const step of steps) {
    await label.fill(`Step ${step}`);
    await label.press("Tab");
  }
  await expect(frame(admin, "Step 50")).toBeVisible();
  await saved(admin);
  const press = async (name: string): Promise<void> => {
    for (const _ of steps) {
      await admin.getByRole("button", { name, exact: true }).click();
    }
    await expect(admin.getByRole("button", { name, exact: true })).toBeDisabled();
  };
  await press("Undo");
  await expect(frame(admin, before)).toBeVisible();
  await saved(admin);
  await press("Redo");
  await expect(frame(admin, "Step 50")).toBeVisible();
  await saved(admin);
});

test("the preview shows the form as a partner and on a phone, and keeps its answers while the form is edited", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const { admin, program } = it;
  const tier = await newTier(it, "Gold");
  await raise(it, tier);
  const asked = (key: string, label: string, subject: string, value: string) => ({
    key,
    kind: "text",
    label,
    visible_when: { subject, operator: { is: value } },
  });
  await publishForm(admin, program, (fields) => [
    ...fields,
    asked("code", "Gold code", "@tier", tier),
    asked("vat", "VAT number", "@partner_country", "SE"),
  ]);
  await openEditor(admin, program);
  const seen = preview(admin);
  await seen.getByLabel("Customer name").fill("Hale & Moss");
  await expect(frame(admin, "Gold code").getByText("Hidden by these answers")).toBeVisible();

  await admin.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(frames(admin)).toHaveCount(0);
  await expect(seen.getByLabel("Customer name")).toHaveValue("Hale & Moss");
  await seen.getByText("Why is this hidden?").click();
  await expect(seen.getByText("“Gold code” is shown when the partner's tier is Gold")).toBeVisible();
  const partner = admin.getByLabel("Partner", { exact: true });
  await partner.selectOption({ label: it.partnerName });
  await expect(seen.getByLabel("Gold code")).toBeVisible();
  await expect(admin.getByLabel("Tier", { exact: true })).toHaveValue(tier);
  await expect(seen.getByLabel("VAT number")).toHaveCount(0);
  await admin.getByLabel("Country of the partner").selectOption("SE");
  await expect(seen.getByLabel("VAT number")).toBeVisible();
  await expect(partner).toHaveValue("");
  await admin.getByRole("button", { name: "Phone", exact: true }).click();
  await expect(admin.locator(".editor__paper")).toHaveCSS("width", "360px");

  // It is judged as a registration would be, and sent nowhere.
  const send = admin.getByRole("button", { name: "Try to send" });
  await send.click();
  const summary = seen.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary.getByRole("link")).toHaveCount(3);
  await expectAccessible(admin);
  await summary.getByRole("link").first().click();
  await expect(seen.getByLabel("Country")).toBeFocused();
  await seen.getByLabel("Country").selectOption("DE");
  await seen.locator("[name=value]").fill("1000");
  await seen.getByLabel("Expected close date").fill("2031-01-31");
  await send.click();
  await expect(summary).toHaveCount(0);
  await expect(admin.getByText("These answers would be taken. Nothing was sent.")).toBeVisible();

  await admin.getByRole("button", { name: "Design", exact: true }).click();
  await addField(admin, "Date", "Visit");
  await admin.locator("#choose-contact_name").click();
  await fromMenu(admin, "Contact name", "Remove");
  await expect(seen.getByLabel("Contact name")).toHaveCount(0);
  await expect(seen.getByLabel("Customer name")).toHaveValue("Hale & Moss");
  await expect(seen.getByLabel("Country")).toHaveValue("DE");
  await expect(seen.getByLabel("VAT number")).toBeVisible();
  await admin.getByRole("button", { name: "Preview", exact: true }).click();
  await admin.getByRole("button", { name: "Clear answers" }).click();
  await expect(seen.getByLabel("Customer name")).toHaveValue("");
  await saved(admin);
});

test("two admins see each other in one form, and neither's work is overwritten", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 409/);
  const it = await world(server, newBrowser);
  const { admin, program } = it;
  const second = await secondAdmin(it, await newBrowser());
  for (const page of [admin, second]) {
    await openEditor(page, program);
    // From here on it hears at once.
    await page.locator('[data-live="up"]').waitFor({ state: "attached" });
  }
  await admin.locator("#choose-country").click();
  await expect(second.getByText(`${it.adminPerson.name} is editing: Country`, { exact: true })).toBeVisible();
  await expect(frame(second, "Country").getByText(it.adminPerson.name)).toBeVisible();
  await expect(admin.getByText("Ravi Sharma is editing: Customer name", { exact: true })).toBeVisible();
  await expectAccessible(admin);

  // Who has changed nothing sees what the other saves.
  await addField(admin, "Short text", "From Mara");
  await expect(preview(second).getByLabel("From Mara")).toBeVisible();

  await whileSaveIsHeld(
    second,
    () => addField(second, "Date", "From Ravi"),
    async () => {
      await addField(admin, "Short text", "Also Mara");
      await saved(admin);
      // Out of the properties, so that the other's form may be shown.
      await admin.locator("#choose-customer").click();
    },
  );
  const refusal = (page: Page): Locator => page.getByRole("alert").filter({ hasText: "Your changes are not saved" });
  await expect(refusal(second)).toContainText(it.adminPerson.name);
  const differs = refusal(second).getByRole("list", { name: "What differs" });
  await expect(differs).toContainText("“From Ravi” is new");
  await expect(differs).toContainText("“Also Mara” is removed");
  await expectAccessible(second);
  await refusal(second).getByRole("button", { name: "Keep mine" }).click();
  await expect(refusal(second)).toHaveCount(0);
  await saved(second);
  await expect(preview(admin).getByLabel("From Ravi")).toBeVisible();
  await expect(preview(admin).getByLabel("Also Mara")).toHaveCount(0);
  await second.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(preview(second).getByLabel("Also Mara")).toBeVisible();
  await expect(preview(admin).getByLabel("Also Mara")).toBeVisible();

  await whileSaveIsHeld(
    admin,
    () => fromMenu(admin, "Contact name", "Remove"),
    async () => {
      await addField(second, "Date", "Visit of Ravi");
      await saved(second);
    },
  );
  await refusal(admin).getByRole("button", { name: "Take theirs" }).click();
  await expect(refusal(admin)).toHaveCount(0);
  await expect(preview(admin).getByLabel("Visit of Ravi")).toBeVisible();
  await expect(preview(admin).getByLabel("Contact name")).toBeVisible();
  await admin.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(preview(admin).getByLabel("Contact name")).toHaveCount(0);
  await saved(admin);

  await second.goto("/");
  await expect(admin.getByText("Ravi Sharma is editing")).toHaveCount(0);
});
