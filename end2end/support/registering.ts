import type { Page } from "@playwright/test";
import { type Answer, type World, call, callJson, done } from "./world.ts";

export type Verdict = "approve" | "decline" | "ineligible" | "ask_info";

/** What the deal's page is given, as far as tests look at it. */
export interface DealView {
  id: string;
  version: number;
  number: string;
  registration: { status: string };
  win: { status: string };
  timeline: { fact: { kind: string } }[];
  pipeline: { stages: { id: string; name: string; kind: string }[]; lost_reasons: { id: string; label: string }[] };
}

/** The partner's side of a world: where it registers, and in which browser. */
type Registrar = Pick<World, "membership" | "partner">;

export async function takeRegistrations(world: World, open = true): Promise<void> {
  await done(call(world.admin, "switch_submissions", { program: world.program, open: String(open) }));
}

/** Complete answers to the form that a new program ships with. */
export function complete(customer: string, value = "12000"): Record<string, string[]> {
  return {
    customer: [customer],
    country: ["DE"],
    value: [value],
    "value.currency": ["EUR"],
    close_date: ["2031-01-31"],
  };
}

/** A fresh form: its key and its version. */
export async function openForm(world: Registrar): Promise<{ submit_key: string; form_version: string }> {
  const opened = (await done(
    callJson(world.partner, "open_registration", { membership: world.membership, key: null }),
  )) as { Form: { submit_key: string; form: { id: string } } };
  return { submit_key: opened.Form.submit_key, form_version: opened.Form.form.id };
}

/** Sends the form past the page; what the page's own checks would have stopped goes through. */
export async function send(
  world: Registrar,
  form: { submit_key: string; form_version: string },
  answers: Record<string, string[]>,
): Promise<Answer> {
  return callJson(world.partner, "register_deal", {
    membership: world.membership,
    command: { ...form, answers },
  });
}

/** Registers a deal without the page; gives its id. */
export async function registered(world: World, customer: string, value?: string): Promise<string> {
  const path = await done(send(world, await openForm(world), complete(customer, value)));
  return /deal_\w+/.exec(String(path))?.[0] ?? "";
}

export async function dealView(world: World, deal: string): Promise<DealView> {
  const view = await done(callJson(world.partner, "partner_deal", { membership: world.membership, deal }));
  return (view as { deal: DealView }).deal;
}

/** The company's verdict, as its desk posts it. */
export async function verdict(world: World, deal: string, verdict: Verdict, text = ""): Promise<void> {
  const { version } = await dealView(world, deal);
  const fields = { program: world.program, deal, version: String(version), verdict, text };
  await done(call(world.admin, "decide_deal", fields));
}

/** Past the page, the way to another stage. */
export async function move(world: World, deal: string, stage: string, more: Record<string, string> = {}): Promise<Answer> {
  const { version, pipeline } = await dealView(world, deal);
  const to = pipeline.stages.find(({ name }) => name === stage)?.id ?? "";
  return call(world.partner, "move_to_stage", {
    membership: world.membership,
    deal,
    version: String(version),
    to_stage: to,
    ...more,
  });
}

/** A deal that its partner has marked closed-won. */
export async function won(world: World, customer: string): Promise<string> {
  const deal = await registered(world, customer);
  await verdict(world, deal, "approve");
  await done(move(world, deal, "Closed won", { answered: "won" }));
  return deal;
}

/** Opens the registration form and waits until it is awake. */
export async function openPage(page: Page, membership: string): Promise<void> {
  await page.goto(`/p/${membership}/deals/new`);
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
}

/** Types complete answers into the form of a new program. */
export async function fill(page: Page, customer: string): Promise<void> {
  await page.getByLabel("Customer name").fill(customer);
  await page.getByLabel("Country").selectOption("DE");
  await page.locator("[name=value]").fill("12,000");
  await page.getByLabel("Expected close date").fill("2031-01-31");
}

export function submitButton(page: Page): ReturnType<Page["getByRole"]> {
  return page.getByRole("button", { name: "Register a Deal" });
}
