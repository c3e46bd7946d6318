import { confirmedWin, markedWon, publishOffer } from "../support/money.ts";
import { registered, verdict } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R05 a won deal leads to its commissions and back, on both sides", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await publishOffer(w, { name: "Referral fee", percent: "10" });
  const deal = await confirmedWin(w, "Tern Labs");
  for (const [page, at] of [
    [w.partner, `/p/${w.membership}`],
    [w.admin, `/c/${w.program}`],
  ] as const) {
    await page.goto(`${at}/deals/${deal}`);
    await ready(page);
    const section = page.locator("[data-part=commission]");
    await expect(section).toContainText("Approved");
    await section.getByRole("link", { name: "EUR 1,200.00" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Commission of EUR 1,200.00" })).toBeVisible();
    await page.getByRole("link", { name: /-\d+$/ }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/deals/${deal}$`));

    await page.goto(`${at}/commissions`);
    await page.getByRole("rowheader", { name: "Tern Labs" }).getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`${at}/deals/${deal}$`));
  }
});

test("R05 an open deal says what it would earn, and the win's confirmation what will be owed", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await publishOffer(w, { name: "Referral fee", percent: "10", cap: "1,000" });
  const deal = await registered(w, "Tern Labs");
  await verdict(w, deal, "approve");
  await w.partner.goto(`/p/${w.membership}/deals/${deal}`);
  const projected = w.partner.locator("[data-part=projected]");
  await expect(projected).toContainText("If it were won today");
  await expect(projected).toContainText("10% of EUR 12,000.00");
  await expect(projected).toContainText("Cap of EUR 1,000 per deal");

  await markedWon(w, deal);
  await w.admin.goto(`/c/${w.program}/review?deal=${deal}`);
  const owed = w.admin.locator("[data-part=owed]");
  await expect(owed.getByRole("heading", { name: "What you will owe" })).toBeVisible();
  await expect(owed).toContainText("EUR 1,000.00");
});
