import { type Page } from "@playwright/test";
import { commissions, confirmedWin, download, publishOffer } from "../support/money.ts";
import { expect, ready, test } from "../support/test.ts";
import { signIn, world } from "../support/world.ts";

/** The amounts on the screen, from top to bottom. */
async function amounts(page: Page): Promise<string[]> {
  return page.locator(".statement__line .money").allInnerTexts();
}

test("hold, release, pay two at once, correct: both sides see the same, and the file is the screen", async ({
  server,
  newBrowser,
  problems,
}) => {
  // Paying without a tick is tried on purpose.
  problems.allow(/status of 422/);
  const w = await world(server, newBrowser);
  const [ours, theirs] = [w.admin, w.partner];
  await publishOffer(w, { name: "Referral fee", percent: "10" });
  await confirmedWin(w, "Hale and Moss", "12,000");
  await confirmedWin(w, "Tern Labs", "8,000.50");
  const [tern, hale] = await commissions(w);

  await ours.goto(`/c/${w.program}/commissions/${tern?.id}`);
  await ready(ours);
  await ours.getByText("Hold\u2026").click();
  await ours.getByLabel("Why it waits").fill("The invoice is disputed.");
  await ours.getByRole("button", { name: "Put on hold" }).click();
  await expect(ours.locator("main")).toContainText("On hold since");
  await theirs.goto(`/p/${w.membership}/commissions/${tern?.id}`);
  await ready(theirs);
  await expect(theirs.locator("main")).toContainText("The invoice is disputed.");
  await expect(theirs.locator("[data-part=actions]")).toHaveCount(0);
  await ours.getByRole("button", { name: "Release" }).click();
  await expect(ours.getByText("Hold\u2026")).toBeVisible();
  await expect(theirs.getByText("On hold since")).toHaveCount(0);

  await ours.goto(`/c/${w.program}/commissions`);
  await ours.locator("#pay [data-ready]").waitFor();
  await ours.getByRole("button", { name: "Mark paid" }).click();
  await expect(ours.getByRole("alert")).toContainText("Tick the commissions that were paid");
  for (const box of await ours.getByRole("checkbox").all()) {
    await box.check();
  }
  await expect(ours.locator("#pay-commissions")).toHaveText("2 ticked: EUR 2,000.05");
  await ours.getByLabel("Payment reference").fill("SEPA 2026-11");
  await ours.getByRole("button", { name: "Mark paid" }).click();
  await expect(ours.getByText("2 commissions are marked paid")).toBeVisible();
  await expect(ours.getByRole("checkbox")).toHaveCount(0);
  await expect(ours.getByRole("link", { name: /^Paid/ })).toContainText("EUR 2,000.05");

  await ours.goto(`/c/${w.program}/commissions/${hale?.id}`);
  await ready(ours);
  await expect(ours.getByText("Decline\u2026")).toHaveCount(0);
  await ours.getByText("Correct\u2026").click();
  await ours.getByLabel("Amount (EUR)").fill("200");
  await ours.locator("#correct-reason").fill("Two seats were cancelled.");
  await ours.getByRole("button", { name: "Add the correction" }).click();
  await expect(ours.getByRole("heading", { name: "Corrections" })).toBeVisible();

  for (const [page, at] of [
    [ours, `/c/${w.program}`],
    [theirs, `/p/${w.membership}`],
  ] as const) {
    await page.goto(`${at}/commissions`);
    await ready(page);
    const shown = await amounts(page);
    expect(shown).toEqual(["EUR \u2212200.00", "EUR 800.05", "EUR 1,200.00"]);
    const href = (await page.getByRole("link", { name: "Download CSV" }).getAttribute("href")) ?? "";
    const [head, ...lines] = await download(page, href);
    expect(head).toContain("Amount,Currency,Status");
    const file = lines.map((line) => /,(-?\d+\.\d\d),EUR,/.exec(line)?.[1]);
    expect(file).toEqual(["-200.00", "800.05", "1200.00"]);
    expect(lines[1]).toContain("SEPA 2026-11");
    expect(head?.includes("Partner")).toBe(page === ours);

    await page.getByRole("link", { name: /^Paid/ }).click();
    await expect(page).toHaveURL(/status=paid/);
    await expect(page.locator(".statement__line")).toHaveCount(2);
    const narrowed = (await page.getByRole("link", { name: "Download CSV" }).getAttribute("href")) ?? "";
    expect((await download(page, narrowed)).length).toBe(3);
  }
});

test("a declined commission says why and is owed no longer, without JavaScript too", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await publishOffer(w, { name: "Referral fee", percent: "10" });
  await confirmedWin(w, "Tern Labs");
  const [only] = await commissions(w);
  const page = await newBrowser({ javaScriptEnabled: false });
  await signIn(page, w.adminPerson);
  await page.goto(`/c/${w.program}/commissions/${only?.id}`);
  await page.getByText("Decline\u2026").click();
  await page.getByLabel("Why nothing is owed").fill("The order was never placed.");
  await page.getByRole("button", { name: "Decline the commission" }).click();
  await expect(page.locator("main")).toContainText("The order was never placed.");
  await expect(page.locator("[data-part=actions]")).toHaveCount(0);
  await w.partner.goto(`/p/${w.membership}/summary`);
  await w.partner.getByRole("link", { name: /^Declined/ }).click();
  await expect(w.partner.locator(".statement__line")).toContainText("EUR 1,200.00");
});

test("a long statement comes in pages, and its file is whole", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  for (let number = 1; number <= 26; number += 1) {
    await publishOffer(w, { name: `Fee ${number}`, amount: String(number) });
  }
  await confirmedWin(w, "Hale and Moss");
  await confirmedWin(w, "Tern Labs");
  const page = w.partner;
  await page.goto(`/p/${w.membership}/commissions`);
  await ready(page);
  await expect(page.locator(".statement__line")).toHaveCount(50);
  const newest = await page.locator(".statement__line").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")));
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.locator(".statement__line")).toHaveCount(2);
  const oldest = await page.locator(".statement__line").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")));
  expect(new Set([...newest, ...oldest]).size).toBe(52);
  expect((await download(page, `/p/${w.membership}/commissions.csv`)).length).toBe(53);
});
