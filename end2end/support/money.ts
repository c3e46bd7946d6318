import type { Page } from "@playwright/test";
import { dealView, registered, verdict } from "./registering.ts";
import { type World, call, callJson, done } from "./world.ts";

/** Who publishes, and where. */
type Publisher = Pick<World, "admin" | "program">;

/** An offer's terms as its editor posts them; a percentage on a won deal unless they say otherwise. */
export interface Terms {
  name: string;
  trigger?: "closed_won" | "transaction";
  percent?: string;
  /** A flat fee. */
  amount?: string;
  steps?: { above: string; percent: string }[];
  minimum?: string;
  cap?: string;
  currency?: string;
  tiers?: string[];
  ends_on?: string;
}

function posted({ trigger = "closed_won", currency = "EUR", steps = [], tiers = [], ...texts }: Terms): Record<string, string> {
  const rate = texts.amount !== undefined ? "flat" : steps.length > 0 ? "steps" : "percent";
  const fields: Record<string, string> = {
    "terms[trigger]": trigger,
    "terms[rate]": rate,
    "terms[currency]": currency,
  };
  for (const [name, text] of Object.entries(texts)) {
    fields[`terms[${name}]`] = text;
  }
  for (const [place, tier] of tiers.entries()) {
    fields[`terms[tiers][${place}]`] = tier;
  }
  for (const [place, { above, percent }] of steps.entries()) {
    fields[`terms[steps][${place}][above]`] = above;
    fields[`terms[steps][${place}][percent]`] = percent;
  }
  return fields;
}

/** Publishes a new offer, as the editor does. */
export async function publishOffer({ admin, program }: Publisher, terms: Terms): Promise<void> {
  await done(call(admin, "publish_offer", { program, number: "0", ...posted(terms) }));
}

/** Ends every offer that the program has. */
export async function endOffers({ admin, program }: Publisher): Promise<void> {
  const { offers } = (await done(call(admin, "load_offers", { program }))) as {
    offers: { id: string; ended_at: unknown }[];
  };
  for (const { id } of offers.filter(({ ended_at }) => ended_at === null)) {
    await done(call(admin, "end_offer", { program, offer: id }));
  }
}

/** A tier of the program, by the name that it gets; gives its id. */
export async function newTier({ admin, program }: Publisher, name: string): Promise<string> {
  await done(call(admin, "save_tier", { program, tier: "", tier_name: name }));
  const { tiers } = (await done(call(admin, "load_offers", { program }))) as { tiers: { id: string; name: string }[] };
  return tiers.find((tier) => tier.name === name)?.id ?? "";
}

/** Gives the partner that tier. */
export async function raise(world: World, tier: string): Promise<void> {
  const { admin, program, membership } = world;
  const [rows] = (await done(call(admin, "list_partners", { program }))) as [{ id: string; version: number }[]];
  const version = rows.find(({ id }) => id === membership)?.version ?? 0;
  await done(call(admin, "change_membership", { program, membership, status: "active", tier, version: String(version) }));
}

/** The partner marks the deal closed-won, past the page. */
export async function markedWon(world: World, deal: string): Promise<void> {
  const { version, pipeline } = await dealView(world, deal);
  const to = pipeline.stages.find(({ kind }) => kind === "won")?.id ?? "";
  const { partner, membership } = world;
  await done(call(partner, "move_to_stage", { membership, deal, version: String(version), to_stage: to, answered: "won" }));
}

/** The company confirms the win, past the page. */
export async function confirmed(world: World, deal: string): Promise<void> {
  const { version } = await dealView(world, deal);
  const fields = { program: world.program, deal, version: String(version), verdict: "confirm_win", text: "" };
  await done(call(world.admin, "decide_deal", fields));
}

/** A deal from its registration to its confirmed win; gives its id. */
export async function confirmedWin(world: World, customer: string, value?: string): Promise<string> {
  const deal = await registered(world, customer, value);
  await verdict(world, deal, "approve");
  await markedWon(world, deal);
  await confirmed(world, deal);
  return deal;
}

/** A commission as its list is given. */
export interface Commission {
  id: string;
  version: number;
  state: { status: string };
  calculation: { name: string; amount: { minor: number; currency: string } };
}

/** The company's commissions, newest first: one page of them. */
export async function commissions({ admin, program }: Publisher): Promise<Commission[]> {
  const list = await done(callJson(admin, "company_commissions", { program, filter: {}, after: null }));
  return (list as { rows: Commission[] }).rows;
}

/** A file of the page's own site, fetched as its link does. */
export async function download(page: Page, path: string): Promise<string[]> {
  const text = await page.evaluate(async (path) => (await fetch(path)).text(), path);
  return text.trimEnd().split("\r\n");
}

/** The calculation in a page's part, line by line, as people read it. */
export async function calculation(page: Page, within: string): Promise<string[]> {
  const lines = page.locator(`${within} .calculation > div`);
  await lines.first().waitFor();
  const texts = await lines.allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, " ").trim());
}

/** Days from today in UTC, as a date input takes it. */
export function day(from: number): string {
  return new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
}
