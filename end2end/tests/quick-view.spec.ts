import type { Locator } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { frame, openEditor, publish } from "../support/editor.ts";
import { publishForm } from "../support/forms.ts";
import { said } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";
import { approved, dealOf, decided, register, tryMove } from "../support/working.ts";
import { callJson, done, world } from "../support/world.ts";

const TWO = ["Hale & Moss", "Tern Labs"];

test("a card opens beside the board, by mouse and by keys, and closes where it was opened", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await approved(w, TWO);
  const { partner } = w;
  const board = await new Board(partner).open(`/p/${w.membership}/deals`);
  const [first = "", second = ""] = await board.names("Qualified");
  const link = (name: string): Locator => board.card(name).getByRole("link", { name, exact: true });
  const sheet = partner.getByRole("complementary", { name: first });
  const other = partner.getByRole("complementary", { name: second });
  await link(first).click();
  await expect(partner).toHaveURL(/\/deals\?deal=deal_/);
  await expect(sheet.getByRole("heading", { name: first })).toBeFocused();
  await expect(sheet.locator('[data-fact="stage"]')).toContainText("Qualified");
  await expect(sheet.locator('[data-part="path"] > li')).toHaveText(["Qualified less than a minute"]);
  await expect(sheet).toContainText("EUR 12,000");
  await expect(sheet.locator('[data-part="answers"]')).toContainText("Germany");
  await expect(sheet.locator('[data-part="reasons"]')).toHaveText("");
  await expect(sheet.getByRole("button", { name: /^Change/ })).toHaveCount(2);
  await expectAccessible(partner);

  // Down the column and out again: one step in the history, however many deals were looked at.
  await partner.keyboard.press("ArrowDown");
  await expect(other.getByRole("heading", { name: second })).toBeFocused();
  await partner.keyboard.press("k");
  await expect(sheet).toBeVisible();
  await partner.keyboard.press("j");
  await expect(other).toBeVisible();
  await partner.keyboard.press("Escape");
  await expect(other).toHaveCount(0);
  await expect(link(second)).toBeFocused();
  await expect(partner).toHaveURL(/\/deals$/);

  // Enter opens, the browser's own button goes back, and Space lifts as ever.
  await partner.keyboard.press("Enter");
  await expect(other).toBeVisible();
  await expect(partner).toHaveURL(/\/deals\?deal=deal_/);
  await partner.goBack();
  await expect(other).toHaveCount(0);
  await expect(link(second)).toBeFocused();
  await partner.keyboard.press("Space");
  await expect(board.said).toContainText(`Lifted ${second}.`);
  await partner.keyboard.press("Escape");

  // With a key it stays a link.
  const coming = partner.context().waitForEvent("page");
  await link(first).click({ modifiers: ["ControlOrMeta"] });
  const tab = await coming;
  await expect(tab).toHaveURL(/\/deals\/deal_/);
  await tab.close();
  await expect(sheet).toHaveCount(0);
  await board.openDeal(first);
});

test("the sheet follows what others do, stays with a reload, and leaves the board in use", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await approved(w, TWO);
  const { partner } = w;
  const board = await new Board(partner).open(`/p/${w.membership}/deals`);
  const [first = "", second = ""] = await board.names("Qualified");
  const sheet = await board.glance(first);
  await board.drag(second, "Proposal");
  await board.expectIn("Proposal", second);
  await expect(sheet.getByRole("heading", { level: 2, name: first })).toBeVisible();

  await expect(sheet.locator('[data-part="unread"]')).toHaveText("No unread messages");
  const { id } = await dealOf(w, first);
  await said(w.admin, `/c/${w.program}/deals/${id}`, "When do they decide?");
  await expect(sheet.locator('[data-part="unread"]')).toHaveText("1 unread message");
  expect((await tryMove(w, first, "Negotiation")).status).toBe(200);
  await expect(sheet.locator('[data-fact="stage"]')).toContainText("Negotiation");
  await expect(sheet.locator('[data-part="path"] > li')).toHaveCount(2);

  await partner.reload();
  await board.awake();
  await expect(sheet.locator('[data-fact="stage"]')).toContainText("Negotiation");
  await sheet.getByRole("button", { name: "Close", exact: true }).click();
  await expect(sheet).toHaveCount(0);
  await expect(partner).toHaveURL(/\/deals$/);

  const phone = await newBrowser({ viewport: { width: 390, height: 800 } });
  await phone.context().addCookies(await partner.context().cookies());
  const small = await new Board(phone).open(`/p/${w.membership}/deals`);
  await small.glance(second);
  const dialog = phone.getByRole("dialog", { name: second });
  await expect(dialog).toBeVisible();
  await expectAccessible(phone);
  await phone.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(small.card(second).getByRole("link", { name: second, exact: true })).toBeFocused();
});

test("the company puts another value in place, and the sums follow on both boards", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of (409|422)/);
  const w = await world(server, newBrowser);
  const { admin } = w;
  await openEditor(admin, w.program);
  await frame(admin, "Expected value").locator(".frame__choose").click();
  await admin.locator('[data-part="answer-rules"] > summary').click();
  await admin.getByLabel("Edited by").selectOption("Partner and company");
  await publish(admin, 2);
  await approved(w, TWO);
  const theirs = await new Board(w.partner).open(`/p/${w.membership}/deals`);
  const board = await new Board(admin).open(`/c/${w.program}/deals`);
  const sums = (of: Board): Locator => of.column("Qualified").locator(".board__sums");
  const [first = ""] = await board.names("Qualified");
  await expect(sums(board)).toHaveText("EUR 24,000");
  const sheet = await board.glance(first);
  await expect(sheet).toContainText(w.partnerName);
  await expect(sheet.locator('[data-part="reasons"]')).toHaveText(
    "Expected close: Your form lets only the partner answer this.",
  );

  const change = sheet.getByRole("button", { name: /^Change value/ });
  const value = sheet.getByLabel("Expected value", { exact: true });
  await change.click();
  await expect(value).toBeFocused();
  await expect(value).toHaveValue("12,000");
  await value.fill("a lot");
  await value.press("Enter");
  await expect(value).toHaveAttribute("aria-invalid", "true");
  await expect(value).toHaveAccessibleDescription(/Error/);
  await expectAccessible(admin);
  await value.fill("15,000");
  await value.press("Enter");
  await expect(change).toHaveAccessibleName("Change value: EUR 15,000");
  await expect(change).toBeFocused();
  await expect(sums(board)).toHaveText("EUR 27,000");
  await expect(sums(theirs)).toHaveText("EUR 27,000");
  await expect(theirs.card(first)).toContainText("EUR 15,000");

  // Somebody is first: who, and what it is by now. Saving again is meant.
  await change.click();
  const { id, version } = await dealOf(w, first);
  const answers = { value: ["20000"], "value.currency": ["EUR"] };
  await done(callJson(admin, "change_deal_answers", { program: w.program, command: { deal: id, answers, version } }));
  await expect(sums(board)).toHaveText("EUR 32,000");
  await value.fill("18000");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByRole("alert")).toContainText(`${w.adminPerson.name} changed an answer`);
  await expect(sheet.getByRole("alert")).toContainText("It is EUR 20,000 now.");
  await expect(value).toHaveValue("18000");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(change).toHaveAccessibleName("Change value: EUR 18,000");
  await expect(sums(board)).toHaveText("EUR 30,000");

  // Esc leaves the answer, and the sheet stays.
  await change.click();
  await value.fill("1");
  await value.press("Escape");
  await expect(change).toBeFocused();
  await expect(change).toHaveAccessibleName("Change value: EUR 18,000");

  // The partner does the same on its own board.
  const own = await theirs.glance(first);
  const amend = own.getByRole("button", { name: /^Change value/ });
  await amend.click();
  await own.getByLabel("Expected value", { exact: true }).fill("19000");
  await own.getByRole("button", { name: "Save" }).click();
  await expect(amend).toHaveAccessibleName("Change value: EUR 19,000");
  await expect(sums(board)).toHaveText("EUR 31,000");

  // The next form lets the company move the close date too.
  await publishForm(admin, w.program, (fields) =>
    fields.map((field) => (field.key === "close_date" ? { ...field, traits: { edited_by: "both" } } : field)),
  );
  await register(w, "Quill Press");
  await decided(w, "Quill Press", "approve");
  await sheet.getByRole("button", { name: "Close", exact: true }).click();
  await board.glance("Quill Press");
  const day = sheet.getByRole("button", { name: /^Change expected close/ });
  const close = sheet.getByLabel("Expected close date", { exact: true });
  await expect(day).toHaveAccessibleName("Change expected close: 31 Jan 2031");
  await day.click();
  await expect(close).toBeFocused();
  await close.fill("2031-03-15");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(day).toHaveAccessibleName("Change expected close: 15 Mar 2031");
  const partners = await theirs.glance("Quill Press");
  await expect(partners.getByRole("button", { name: "Change expected close: 15 Mar 2031" })).toBeVisible();
});
