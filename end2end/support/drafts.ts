import type { Page } from "@playwright/test";
import { call, done, next, type World } from "./world.ts";

const KEEP = "**/api/keep_draft";

/** A colleague of the partner's team, in a browser of their own. */
export async function colleague(it: World, page: Page, name: string): Promise<Page> {
  const { teams } = (await done(call(it.partner, "viewer"))) as { teams: { side: string; id: string }[] };
  const partner = teams.find((team) => team.side === "partner")?.id ?? "";
  const email = `colleague-${process.pid}-${next()}@brightwater.example`;
  const invited = call(it.partner, "invite_to_partner", { partner, email, role: "member" });
  const { path } = (await done(invited)) as { path: string };
  await page.goto(path);
  const token = path.split("/").pop() ?? "";
  await done(call(page, "join", { token, name, password: it.partnerPerson.password }));
  return page;
}

/** Opens the form that keeps its draft under that address, and waits until it hears of others. */
export async function openDraft(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

export async function awake(page: Page): Promise<void> {
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await page.locator('[data-live="up"]').waitFor({ state: "attached" });
}

/** What is typed has reached the server. */
export async function keeping(page: Page, type: () => Promise<unknown>): Promise<void> {
  const kept = page.waitForResponse((response) => response.url().includes("/api/keep_draft") && response.ok());
  await type();
  await kept;
}

/** What that window types does not reach the server before `meanwhile` has happened. */
export async function whileSaveIsHeld(
  page: Page,
  type: () => Promise<unknown>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held: Promise<void>[] = [];
  await page.route(KEEP, (route) => {
    const passed = released.then(() => route.continue());
    held.push(passed);
    return passed;
  });
  const sent = page.waitForRequest(KEEP);
  await type();
  await sent;
  await meanwhile();
  release();
  await Promise.all(held);
  await page.unroute(KEEP);
}
