import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, frame, fromMenu, grip, labels, openEditor, preview, publish } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, world } from "../support/world.ts";

const wanted = { subject: "wanted", operator: { is: "yes" } };
const FIELDS: (Field & { help?: string })[] = [
  { key: "page_visit", kind: "page_break", label: "Where to" },
  { key: "wanted", kind: "yes_no", label: "Shall we come?" },
  { key: "visit", kind: "group", label: "Site visit", help: "Where we come to.", visible_when: wanted },
  { key: "room", kind: "text", label: "Room", required: "always" },
  { key: "floor", kind: "text", label: "Floor" },
  { key: "visit_end", kind: "group_end", label: "End of a group" },
  { key: "after", kind: "text", label: "Anything else" },
];

async function grouped(it: World, change = (fields: Field[]): Field[] => fields): Promise<void> {
  await publishForm(it.admin, it.program, (fields) => [...fields, ...change(FIELDS)]);
}

/** Without the page of its own. */
const onePage = (fields: Field[]): Field[] => fields.slice(1);

const visit = (page: Page): Locator => page.getByRole("group", { name: "Site visit" });
const goOn = (page: Page): Promise<void> => page.getByRole("button", { name: "Continue" }).click();

async function wide(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("a group is added as a pair, moves as a whole, and its fields stay when it goes", async ({ server, newBrowser }) => {
  const { admin, program } = await world(server, newBrowser);
  await admin.setViewportSize({ width: 1280, height: 1100 });
  await openEditor(admin, program);
  const ends = (...expected: string[]): Promise<void> =>
    expect.poll(async () => (await labels(admin).allTextContents()).slice(-expected.length)).toEqual(expected);
  const need = "What does the customer need?";
  const end = "End of “Site visit”";
  await admin.locator("#choose-need").click();
  await addField(admin, "Group of fields", "Site visit");
  await ends(need, "Site visit", end);
  // An empty group cannot be published, and says so where it stands.
  await expect(frame(admin, "Site visit").getByText("Has a problem")).toBeVisible();
  await addField(admin, "Short text", "Room");
  await ends(need, "Site visit", "Room", end);
  await expect(frame(admin, "Site visit").getByText("Has a problem")).toHaveCount(0);
  // Neither mark becomes another kind, and partners see nothing of the end.
  await frame(admin, end).getByRole("button", { name: end, exact: true }).click();
  await expect(admin.getByLabel("Kind", { exact: true })).toHaveCount(0);
  await expectAccessible(admin);

  await grip(admin, "Site visit").press("Alt+ArrowUp");
  await ends("Site visit", "Room", end, need);
  await expect(grip(admin, "Site visit")).toBeFocused();
  // By its end it grows and shrinks, and never over its beginning.
  await grip(admin, end).press("Alt+ArrowDown");
  await ends("Site visit", "Room", need, end);
  await grip(admin, end).press("Alt+ArrowUp");
  await grip(admin, end).press("Alt+ArrowUp");
  await ends("Site visit", end, "Room", need);
  await grip(admin, end).press("Alt+ArrowUp");
  await expect(admin.locator(".toast").filter({ hasText: "The end of a group stays behind its beginning" })).toBeVisible();
  await grip(admin, end).press("Alt+ArrowDown");
  await ends("Site visit", "Room", end, need);

  await fromMenu(admin, "Site visit", "Duplicate");
  await ends("Site visit", "Room", end, "Site visit (copy)", "Room (copy)", "End of “Site visit (copy)”", need);
  await fromMenu(admin, "Site visit (copy)", "Remove");
  await ends("Site visit", "Room", end, "Room (copy)", need);
  await admin.getByRole("button", { name: "Undo", exact: true }).click();
  await ends("Room (copy)", "End of “Site visit (copy)”", need);
  await admin.getByRole("button", { name: "Undo", exact: true }).click();
  await ends("Site visit", "Room", end, need);

  await admin.getByRole("button", { name: "Preview", exact: true }).click();
  const seen = preview(admin).getByRole("group", { name: "Site visit" });
  await expect(seen.getByLabel("Room")).toBeVisible();
  await expect(preview(admin).getByText(end)).toHaveCount(0);
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Design", exact: true }).click();
  await publish(admin, 2);
});

test("the condition of a group brings all of it and takes it away, and its answers are read together", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  await grouped(it);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Group Visit Ltd");
  await goOn(page);
  await expect(page.getByRole("heading", { level: 2, name: "Where to" })).toBeFocused();
  await expect(visit(page)).toHaveCount(0);
  // By the keyboard alone.
  await page.getByLabel("Yes").focus();
  await page.keyboard.press("Space");
  await expect(visit(page)).toBeVisible();
  await expect(visit(page)).toHaveAccessibleDescription("Where we come to.");
  await expect(page.getByRole("status").filter({ hasText: "Also asked now: Room, Floor" })).toBeAttached();
  await expect(page.getByLabel("Yes")).toBeFocused();
  await expectAccessible(page);
  await goOn(page);
  await expect(page.getByText("Enter room").first()).toBeVisible();
  await page.getByLabel("No", { exact: true }).check();
  await expect(visit(page)).toHaveCount(0);
  await page.getByLabel("Yes").check();
  await visit(page).getByLabel("Room").fill("5 B");
  await page.getByLabel("Anything else").fill("Bring boots");
  await goOn(page);

  await expect(page.getByRole("heading", { level: 2, name: "Check your answers" })).toBeFocused();
  await expect(visit(page)).toContainText("5 B");
  await expect(visit(page)).toContainText("Floor");
  await expect(visit(page)).not.toContainText("Bring boots");
  await expectAccessible(page);
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  const deal = /deal_\w+/.exec(page.url())?.[0] ?? "";
  await it.admin.goto(`/c/${it.program}/deals/${deal}`);
  await ready(it.admin);
  for (const reader of [page, it.admin]) {
    const answers = reader.locator("[data-part=answers]");
    await expect(answers.getByRole("group", { name: "Site visit" })).toContainText("5 B");
    await expect(answers.getByRole("group", { name: "Site visit" })).not.toContainText("Bring boots");
    await expect(answers).toContainText("Bring boots");
  }
});

test("without JavaScript the group comes with an update", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await grouped(it, onePage);
  const page = await newBrowser({
    javaScriptEnabled: false,
    storageState: await it.partner.context().storageState(),
  });
  await page.goto(`/p/${it.membership}/deals/new`);
  await fill(page, "Paper Group Ltd");
  await expect(visit(page)).toHaveCount(0);
  await page.getByLabel("Yes").check();
  await page.getByRole("button", { name: "Update the questions" }).click();
  await expect(visit(page)).toBeVisible();
  await visit(page).getByLabel("Room").fill("Hall");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]").getByRole("group", { name: "Site visit" })).toContainText("Hall");
});

test("a group fits a phone", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await grouped(it, onePage);
  const page = await newBrowser({
    viewport: { width: 360, height: 740 },
    storageState: await it.partner.context().storageState(),
  });
  await openPage(page, it.membership);
  await page.getByLabel("Yes").check();
  await expect(visit(page).getByLabel("Room")).toBeVisible();
  expect(await wide(page)).toBe(0);
  await expectAccessible(page);
});
