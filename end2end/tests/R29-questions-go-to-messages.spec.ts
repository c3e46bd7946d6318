import type { Page } from "@playwright/test";
import { said } from "../support/messages.ts";
import { confirmedWin, publishOffer } from "../support/money.ts";
import { fill, registered, submitButton, verdict } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, call, callJson, done, signIn, world } from "../support/world.ts";

const SENTENCE = "You earn 10% of the value of each deal that you win.";

/** The Messages tab of the page. */
function tab(page: Page) {
  return page.getByRole("navigation", { name: "Program" }).getByRole("link", { name: /^Messages/ });
}

function messages(page: Page) {
  return page.locator("[data-part=messages]");
}

/** Opens a page that hears the stream. */
async function watch(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await ready(page);
  await page.locator("[data-live=up]").waitFor({ state: "attached" });
}

async function write(page: Page, label: RegExp | string, text: string, verb = "Send"): Promise<void> {
  const form = messages(page).locator("form[data-ready]").filter({ has: page.getByLabel(label) });
  await form.getByLabel(label).fill(text);
  await form.getByRole("button", { name: verb }).click();
}

test("R29 a question about an offer is one click away, and both sides see at once what they have not read", {
  tag: "@postgres",
}, async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await publishOffer(w, { name: "Referral fee", percent: "10" });
  await watch(w.admin, `/c/${w.program}/deals`);
  await expect(tab(w.admin)).toHaveText("Messages");

  await w.partner.goto(`/p/${w.membership}/summary`);
  await ready(w.partner);
  await w.partner.getByRole("link", { name: /^Ask about this offer ?: Referral fee$/ }).click();
  await expect(w.partner).toHaveURL(new RegExp(`/p/${w.membership}/messages\\?offer=`));
  const form = messages(w.partner).locator("form[data-ready]");
  await expect(form.getByText("About the offer \u201cReferral fee\u201d")).toBeVisible();
  await expect(form.getByText(SENTENCE)).toBeVisible();
  const field = form.getByLabel("Message to Altostrat");
  await expect(field).toBeFocused();
  await field.fill("Does it hold for renewals?\nAnd when is it paid?");
  await form.evaluate((element) => element.setAttribute("data-same", ""));
  const pages = await w.partner.evaluate(() => history.length);
  await form.getByRole("button", { name: "Send" }).click();
  const sent = messages(w.partner).getByRole("listitem").filter({ hasText: "Does it hold for renewals?" });
  await expect(sent.getByText(SENTENCE)).toBeVisible();
  await expect(field).toHaveValue("");
  await expect(form.getByText(SENTENCE)).toHaveCount(0);
  // The offer leaves the address too: in place, and without the page being made again.
  await expect(w.partner).toHaveURL(new RegExp(`/p/${w.membership}/messages$`));
  expect(await w.partner.evaluate(() => history.length)).toBe(pages);
  await expect(form).toHaveAttribute("data-same", "");

  // Without a reload; whoever wrote has nothing to read.
  await expect(tab(w.admin)).toHaveText(/1 unread/, { timeout: 2_000 });
  await expect(tab(w.partner)).toHaveText("Messages");
  await tab(w.admin).click();
  const line = w.admin.locator("[data-part=threads]").getByRole("link").filter({ hasText: w.partnerName });
  await expect(line).toContainText("Does it hold for renewals?");
  await line.click();
  const asked = messages(w.admin).getByRole("listitem").filter({ hasText: "Does it hold for renewals?" });
  await expect(asked.getByText(SENTENCE)).toBeVisible();
  await expect(tab(w.admin)).toHaveText("Messages");

  await watch(w.partner, `/p/${w.membership}/deals`);
  await write(w.admin, /^Message to/, "For the first year. It is paid each month.");
  await expect(messages(w.admin).getByRole("listitem").first()).toContainText("For the first year.");
  await expect(tab(w.partner)).toHaveText(/1 unread/, { timeout: 2_000 });
  await expect(tab(w.admin)).toHaveText("Messages");
  await tab(w.partner).click();
  await expect(messages(w.partner).getByRole("listitem").first()).toContainText("It is paid each month.");
  await expect(tab(w.partner)).toHaveText("Messages");
});

test("R29 a question that was sent is not asked again by a reload or on the way back", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await publishOffer(w, { name: "Referral fee", percent: "10" });
  await w.partner.goto(`/p/${w.membership}/summary`);
  await ready(w.partner);
  await w.partner.getByRole("link", { name: /^Ask about this offer ?: Referral fee$/ }).click();
  const form = messages(w.partner).locator("form[data-ready]");
  await expect(form.getByText(SENTENCE)).toBeVisible();
  // What is refused stays a question about the offer.
  await form.getByRole("button", { name: "Send" }).click();
  await expect(form.getByText("Write something first")).toBeVisible();
  await expect(w.partner).toHaveURL(/\?offer=/);
  await write(w.partner, "Message to Altostrat", "Is it the same for resellers?");
  await expect(w.partner).toHaveURL(new RegExp(`/p/${w.membership}/messages$`));
  await w.partner.reload();
  await expect(messages(w.partner).getByRole("listitem")).toHaveCount(1);
  await expect(form.getByLabel("Message to Altostrat")).toBeVisible();
  await expect(form.getByText(SENTENCE)).toHaveCount(0);
  await w.partner.goBack();
  await expect(w.partner).toHaveURL(new RegExp(`/p/${w.membership}/summary$`));
});

test("R29 an internal note is seen by the company alone", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await registered(w, "Tern Labs");
  await verdict(w, deal, "approve");
  await done(call(w.partner, "read_notices"));
  await watch(w.partner, `/p/${w.membership}/deals/${deal}`);
  await w.admin.goto(`/c/${w.program}/deals/${deal}`);
  await messages(w.admin).locator("form[data-ready]").first().waitFor();
  await messages(w.admin).getByText("Write an internal note").click();
  await write(w.admin, "Internal note", "They may become gold.", "Save the note");
  const note = messages(w.admin).getByRole("listitem").filter({ hasText: "They may become gold." });
  await expect(note).toContainText("Internal note: only your company reads it");

  // Written after it: what the partner hears of now, they would have heard of before.
  await write(w.admin, /^Message to/, "Good luck with it.");
  await expect(messages(w.partner).getByRole("listitem")).toHaveCount(1);
  await expect(messages(w.partner).getByRole("listitem")).toContainText("Good luck with it.");
  await expect(w.partner.getByText("gold")).toHaveCount(0);
  const thread = await done(callJson(w.partner, "partner_thread", { membership: w.membership, deal, before: null, read: false }));
  expect(JSON.stringify(thread)).not.toContain("gold");
  expect(JSON.stringify(thread)).not.toContain("note");
  const bell = JSON.stringify(await done(callJson(w.partner, "notices", {})));
  expect(bell).toContain("Good luck with it.");
  expect(bell).not.toContain("gold");
});

test("R25, R29 messages with files stay open on a deal after closed-won, live on both pages", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  const deal = await confirmedWin(w, "Harbour Lights", "8,000");
  await watch(w.admin, `/c/${w.program}/deals/${deal}`);
  await watch(w.partner, `/p/${w.membership}/deals/${deal}`);
  const form = messages(w.partner).locator("form[data-ready]");
  await form.getByLabel("Attach files").setInputFiles({ name: "order.txt", mimeType: "text/plain", buffer: Buffer.from("signed") });
  await write(w.partner, "Message to Altostrat", "Here is the signed order.");
  const arrived = messages(w.admin).getByRole("listitem").filter({ hasText: "Here is the signed order." });
  await expect(arrived).toBeVisible({ timeout: 2_000 });
  const link = arrived.getByRole("link", { name: "order.txt" });
  const path = (await link.getAttribute("href")) ?? "";
  const file = await w.admin.evaluate(async (path) => {
    const response = await fetch(path);
    return [await response.text(), response.headers.get("content-disposition")];
  }, path);
  expect(file).toEqual(["signed", "attachment; filename*=UTF-8''order.txt"]);
  await write(w.admin, /^Message to/, "Thank you.");
  await expect(messages(w.partner).getByRole("listitem").first()).toContainText("Thank you.");
});

test("R29 a message that arrives is said to a screen reader, and moves no focus", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await said(w.admin, `/c/${w.program}/messages/${w.membership}`, "Welcome.");
  await watch(w.partner, `/p/${w.membership}/messages`);
  await expect(messages(w.partner).getByRole("listitem")).toHaveCount(1);
  const news = messages(w.partner).locator("[data-announcer]");
  await expect(news).toHaveRole("status");
  // What the page opened with is no news, nor is what one writes oneself.
  const field = messages(w.partner).locator("form[data-ready]").getByLabel("Message to Altostrat");
  await write(w.partner, "Message to Altostrat", "Thank you.");
  await expect(messages(w.partner).getByRole("listitem")).toHaveCount(2);
  await expect(news).toBeEmpty();

  await field.focus();
  await said(w.admin, `/c/${w.program}/messages/${w.membership}`, "The price list is new.");
  await expect(news).toHaveText(`New message from ${w.adminPerson.name}`);
  await expect(field).toBeFocused();
  // The same words again are an element of their own, which a screen reader says again.
  await news.locator("span").evaluate((element) => element.setAttribute("data-said", ""));
  await said(w.admin, `/c/${w.program}/messages/${w.membership}`, "So is the form.");
  await expect(messages(w.partner).getByRole("listitem")).toHaveCount(4);
  await expect(news).toHaveText(`New message from ${w.adminPerson.name}`);
  await expect(news.locator("[data-said]")).toHaveCount(0);
  await expect(field).toBeFocused();
});

test("R29 what cannot be sent is said at the field, and a double click sends once", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await w.partner.goto(`/p/${w.membership}/messages`);
  const form = messages(w.partner).locator("form[data-ready]");
  const field = form.getByLabel("Message to Altostrat");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(form.getByText("Write something first")).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("x".repeat(5_001));
  await form.getByRole("button", { name: "Send" }).click();
  await expect(form.getByText("Shorten this to 5,000 characters or fewer")).toBeVisible();
  await expect(field).toHaveValue("x".repeat(5_001));

  await field.fill("Once only");
  await form.getByRole("button", { name: "Send" }).dblclick();
  const sent = messages(w.partner).getByRole("listitem");
  await expect(sent).toHaveCount(1);
  await w.partner.reload();
  await expect(sent).toHaveCount(1);
});

test("R29 a long thread opens at its newest message and leads back page by page", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await w.partner.goto(`/p/${w.membership}/messages`);
  for (let number = 1; number <= 33; number += 1) {
    await said(w.partner, `/p/${w.membership}/messages`, `Message ${number}.`);
  }
  await w.partner.goto(`/p/${w.membership}/messages`);
  const entries = messages(w.partner).getByRole("listitem");
  await expect(entries).toHaveCount(30);
  await expect(entries.first()).toContainText("Message 33.");
  await messages(w.partner).getByRole("link", { name: "Earlier messages" }).click();
  await expect(entries).toHaveCount(3);
  await expect(entries.last()).toContainText("Message 1.");
  await messages(w.partner).getByRole("link", { name: "Newest messages" }).click();
  await expect(entries.first()).toContainText("Message 33.");
});

test("R29 asking, answering and noting work without JavaScript", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 422/);
  const w = await world(server, newBrowser);
  await publishOffer(w, { name: "Referral fee", percent: "10" });
  const partner = await newBrowser({ javaScriptEnabled: false });
  await signIn(partner, w.partnerPerson);
  await partner.goto(`/p/${w.membership}/summary`);
  await partner.getByRole("link", { name: /^Ask about this offer ?: Referral fee$/ }).click();
  await expect(messages(partner).getByText(SENTENCE)).toBeVisible();
  // Refused, with what was typed and the quotation still there.
  await messages(partner).getByLabel("Message to Altostrat").fill("y".repeat(5_001));
  await messages(partner).getByRole("button", { name: "Send" }).click();
  await expect(messages(partner).getByText("Shorten this to 5,000 characters or fewer")).toBeVisible();
  await expect(messages(partner).getByLabel("Message to Altostrat")).toHaveValue("y".repeat(5_001));
  await expect(messages(partner).getByText(SENTENCE)).toBeVisible();
  await messages(partner).getByLabel("Message to Altostrat").fill("Plain question");
  await messages(partner).getByRole("button", { name: "Send" }).click();
  const entries = messages(partner).getByRole("listitem");
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText(SENTENCE);

  const admin = await newBrowser({ javaScriptEnabled: false });
  await signIn(admin, w.adminPerson);
  await admin.goto(`/c/${w.program}/messages`);
  await expect(tab(admin)).toHaveText(/1 unread/);
  await admin.locator("[data-part=threads]").getByRole("link").click();
  await messages(admin).getByLabel(/^Message to/).fill("Plain answer");
  await messages(admin).getByRole("button", { name: "Send" }).click();
  await expect(messages(admin).getByRole("listitem").first()).toContainText("Plain answer");
  await messages(admin).getByText("Write an internal note").click();
  await messages(admin).getByLabel("Internal note").fill("Plain note");
  await messages(admin).getByRole("button", { name: "Save the note" }).click();
  await expect(messages(admin).getByRole("listitem").first()).toContainText("Internal note: only your company reads it");

  await partner.goto(`/p/${w.membership}/summary`);
  await expect(tab(partner)).toHaveText(/1 unread/);
  await tab(partner).click();
  await expect(entries.first()).toContainText("Plain answer");
  await expect(partner.getByText("Plain note")).toHaveCount(0);
  await partner.goto(`/p/${w.membership}/summary`);
  await expect(tab(partner)).toHaveText("Messages");
});

/** What the company makes of the partner's membership. */
async function setStatus({ admin, program, membership }: World, status: "suspended" | "ended"): Promise<void> {
  const [rows] = (await done(call(admin, "list_partners", { program }))) as [{ id: string; version: number }[]];
  const version = rows.find(({ id }) => id === membership)?.version ?? 0;
  await done(call(admin, "change_membership", { program, membership, status, version: String(version) }));
}

test("R29, R01 a plain form that is refused is answered by a page", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 40[34]/);
  const w = await world(server, newBrowser);
  const plain = { javaScriptEnabled: false };
  const [asking, registering] = [await newBrowser(plain), await newBrowser(plain)];
  await signIn(asking, w.partnerPerson);
  await signIn(registering, w.partnerPerson);

  // Each form was opened while it could still be sent.
  await asking.goto(`/p/${w.membership}/messages`);
  await registering.goto(`/p/${w.membership}/deals/new`);
  await fill(registering, "Too Late");
  await setStatus(w, "suspended");
  await messages(asking).getByLabel("Message to Altostrat").fill("Are we still in?");
  await messages(asking).getByRole("button", { name: "Send" }).click();
  await expect(asking.getByRole("heading", { level: 1 })).toHaveText("Not yours to open");
  await expect(asking.getByText("Your role does not allow that.")).toBeVisible();
  await submitButton(registering).click();
  await expect(registering.getByRole("heading", { level: 1 })).toHaveText("Not yours to open");
  await registering.getByRole("link", { name: "Go to the start page" }).click();
  await expect(registering.getByRole("heading", { level: 1 })).not.toHaveText("Not yours to open");
});

test("R29 a plain form to an address that is gone is answered by a page", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 404/);
  const w = await world(server, newBrowser);
  const asking = await newBrowser({ javaScriptEnabled: false });
  await signIn(asking, w.partnerPerson);
  await asking.goto(`/p/${w.membership}/messages`);
  await setStatus(w, "ended");
  await messages(asking).getByLabel("Message to Altostrat").fill("Are we still in?");
  await messages(asking).getByRole("button", { name: "Send" }).click();
  await expect(asking.getByRole("heading", { level: 1 })).toHaveText("Page not found");
  await expect(asking.getByText(/^Request /)).toBeVisible();
});
