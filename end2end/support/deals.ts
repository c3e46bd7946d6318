import { expect } from "@playwright/test";
import { fill, openPage, submitButton } from "./registering.ts";
import { ready } from "./test.ts";
import type { World } from "./world.ts";

/** Registers a deal through the form; gives its id. */
export async function registerDeal(world: World, customer: string): Promise<string> {
  const page = world.partner;
  await openPage(page, world.membership);
  await fill(page, customer);
  await submitButton(page).click();
  await page.waitForURL(/\/registered$/);
  return /deal_\w+/.exec(page.url())?.[0] ?? "";
}

/** Decides at the review desk and sends the verdict at once. */
export async function decide(world: World, deal: string, verdict: string, text = ""): Promise<void> {
  const page = world.admin;
  await page.goto(`/c/${world.program}/review?deal=${deal}`);
  await page.locator("form[data-ready]").waitFor();
  await page.getByRole("radio", { name: verdict }).check();
  if (text !== "") {
    await page.getByLabel("Text for the partner").fill(text);
  }
  await page.getByRole("button", { name: verdict }).click();
  await page.getByRole("button", { name: "Send now" }).click();
  // The desk has gone on to the next case; once it is sent, the queue holds the deal no more.
  await expect(page.locator(`.desk__item[href$="${deal}"]`)).toHaveCount(0);
}

/** Registers a deal and has it approved. */
export async function approvedDeal(world: World, customer: string): Promise<string> {
  const deal = await registerDeal(world, customer);
  await decide(world, deal, "Approve");
  return deal;
}

/** Marks the deal closed-won on its page. */
export async function markWon(world: World, deal: string): Promise<void> {
  const page = world.partner;
  await page.goto(`/p/${world.membership}/deals/${deal}`);
  await ready(page);
  await page.getByRole("button", { name: "Mark closed-won" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mark closed-won" }).click();
  await expect(page.getByText("Win waits for confirmation").first()).toBeVisible();
}
