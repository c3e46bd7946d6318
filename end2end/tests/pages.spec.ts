import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { said } from "../support/messages.ts";
import { commissions, confirmedWin, publishOffer } from "../support/money.ts";
import { dealView, registered, verdict } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, call, done, world } from "../support/world.ts";

/** No serious finding, and nothing to scroll sideways on a phone. */
async function sound(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page).not.toHaveTitle("Dealboard");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `${path} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 720 });
}

interface Deals {
  approved: string;
  waiting: string;
  asked: string;
  won: string;
  commission: string;
  customer: string;
}

/** One deal of each state that has pages of its own. */
async function deals(w: World): Promise<Deals> {
  await publishOffer(w, { name: "Referral fee", percent: "10", cap: "1,000" });
  await publishOffer(w, { name: "Share of orders", percent: "5", trigger: "transaction" });
  const won = await confirmedWin(w, "Harbour Lights", "8,000");
  const [approved, waiting, asked] = [
    await registered(w, "Hale and Moss"),
    await registered(w, "Tern Labs"),
    await registered(w, "Quill Press"),
  ];
  await verdict(w, approved, "approve");
  await verdict(w, asked, "ask_info", "Which need?");
  await talk(w, approved);
  const commission = (await commissions(w))[0]?.id ?? "";
  const { customer } = ((await dealView(w, won)) as unknown as { win: { customer: string } }).win;
  return { approved, waiting, asked, won, commission, customer };
}

/** Both sides write about the program and about a deal, and the company notes something for itself. */
async function talk(w: World, deal: string): Promise<void> {
  const of = { partner: ["messages", `deals/${deal}`], company: [`messages/${w.membership}`, `deals/${deal}`] };
  for (const page of of.partner) {
    await said(w.partner, `/p/${w.membership}/${page}`, "Can we meet next week?");
  }
  for (const page of of.company) {
    await said(w.admin, `/c/${w.program}/${page}`, "Gladly, on Tuesday.");
    await said(w.admin, `/c/${w.program}/${page}`, "Bring somebody who knows the contract.", "note");
  }
}

async function partnerTeam(w: World): Promise<string> {
  const { teams } = (await done(call(w.partner, "viewer"))) as { teams: { side: string; id: string }[] };
  return teams.find(({ side }) => side === "partner")?.id ?? "";
}

function partnerPages(w: World, { approved, waiting, asked, won, commission }: Deals, team: string): string[] {
  const at = `/p/${w.membership}`;
  const own = ["summary", "deals", "deals?view=list", "deals/new", `deals/${approved}`, `deals/${waiting}/registered`];
  const money = [`deals/${won}`, "commissions", `commissions/${commission}`, "messages", "replay"];
  const pages = [...own, ...money, `deals/${asked}`, `deals/${asked}/answer`].map((page) => `${at}/${page}`);
  return ["/", "/board", ...pages, `/team/${team}`, "/notifications", "/account/notifications", "/account/sessions"];
}

function companyPages(w: World, { approved, waiting, won, commission, customer }: Deals): string[] {
  const own = ["review", `review?deal=${waiting}`, "deals", `deals/${approved}`, "customers", "partners", "form", "stages"];
  const lists = ["offers", "offers/new", "commissions", "commissions?status=paid", "messages", `messages/${w.membership}`];
  const money = [...lists, `commissions/${commission}`, `customers/${customer}`, `deals/${won}`];
  const others = ["settings", "import", "form/versions", "replay"];
  const pages = [...own, ...money, ...others].map((page) => `/c/${w.program}/${page}`);
  return [...pages, `/company/${w.company}/team`, `/company/${w.company}/programs`, `/company/${w.company}/mail`];
}

test("every page of the partner is sound in light, dark and on a phone", async ({ server, newBrowser }) => {
  test.setTimeout(240_000);
  const w = await world(server, newBrowser);
  for (const path of partnerPages(w, await deals(w), await partnerTeam(w))) {
    await test.step(path, () => sound(w.partner, path));
  }
});

test("every page of the company is sound in light, dark and on a phone", async ({ server, newBrowser }) => {
  test.setTimeout(240_000);
  const w = await world(server, newBrowser);
  for (const path of companyPages(w, await deals(w))) {
    await test.step(path, () => sound(w.admin, path));
  }
});

test("every page of who is signed out is sound, also with a link that leads nowhere", async ({ page, problems }) => {
  problems.allow(/status of 404/);
  for (const path of ["/signin", "/reset", "/setup/x", "/invite/x", "/reset/x"]) {
    await test.step(path, () => sound(page, path));
  }
});

test("an open dialog and the open program menu are accessible", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await deals(w);
  const page = w.partner;
  await page.emulateMedia({ reducedMotion: "reduce" });
  const board = await new Board(page).open(`/p/${w.membership}/deals`);
  await board.choose("Hale and Moss", "Closed lost");
  const dialog = page.getByRole("dialog", { name: "Why was Hale and Moss lost?" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();

  await page.goto(`/p/${w.membership}/summary`);
  await ready(page);
  await page.getByRole("button", { name: "Your programs" }).click();
  await expect(page.getByRole("searchbox", { name: "Find a program" })).toBeVisible();
  await expectAccessible(page);
});
