import { expect } from "@playwright/test";
import { type Verdict, registered, verdict } from "./registering.ts";
import { type Answer, type World, callJson, done } from "./world.ts";

/** What the board's page is given. */
interface BoardView {
  columns: { stage: string; cards: Lying[] }[];
  waiting: Lying[];
  pipeline: { stages: { id: string; name: string }[]; lost_reasons: { id: string }[] };
}

interface Lying {
  id: string;
  customer: string;
  registration: string;
  version: number;
}

export async function boardOf(world: World): Promise<BoardView> {
  const { partner, membership } = world;
  return (await done(callJson(partner, "partner_board", { membership, filter: {} }))) as BoardView;
}

/** The deal with that customer, wherever it lies. */
export async function dealOf(world: World, customer: string): Promise<Lying> {
  const board = await boardOf(world);
  const all = [...board.waiting, ...board.columns.flatMap(({ cards }) => cards)];
  const found = all.find((card) => card.customer === customer);
  if (found === undefined) {
    throw new Error(`no deal with ${customer}`);
  }
  return found;
}

/** Registers a deal as the form does. */
export async function register(world: World, customer: string, value?: string): Promise<Lying> {
  await registered(world, customer, value);
  return dealOf(world, customer);
}

/** The company's verdict, as its desk posts it. */
export async function decided(world: World, customer: string, word: Exclude<Verdict, "ask_info">): Promise<void> {
  const why = word === "approve" ? "" : "Our own team has worked this account since May.";
  await verdict(world, (await dealOf(world, customer)).id, word, why);
}

/** Deals that lie in the first stage; the first name lies on top. */
export async function approved(world: World, customers: string[]): Promise<void> {
  for (const customer of [...customers].reverse()) {
    await register(world, customer);
    await decided(world, customer, "approve");
  }
  const first = (await boardOf(world)).columns[0]?.cards.map((card) => card.customer);
  expect(new Set(first)).toEqual(new Set(customers));
}

/** The move's answer, past the page: for what the interface does not even offer. */
export async function tryMove(world: World, customer: string, stage: string): Promise<Answer> {
  const board = await boardOf(world);
  const { id, version } = await dealOf(world, customer);
  const command = {
    deal: id,
    to_stage: board.pipeline.stages.find(({ name }) => name === stage)?.id,
    place: "top",
    details: { note: "", win_confirmed: true, lost_reason: board.pipeline.lost_reasons[0]?.id, override_reason: null },
    version,
  };
  return callJson(world.partner, "move_partner_deal", { membership: world.membership, command });
}
