import type { Page } from "@playwright/test";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R04 from the program switch to the submitted form in four clicks", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await page.goto("/");
  await ready(page);
  let clicks = 0;
  const click = async (target: ReturnType<Page["locator"]>): Promise<void> => {
    clicks += 1;
    await target.click();
  };
  await click(page.getByRole("button", { name: /Your programs/ }));
  await click(page.locator(`a[href^="/p/${it.membership}"]:visible`).first());
  await click(page.getByRole("link", { name: "Register a Deal" }).first());
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await fill(page, "Four Clicks Ltd");
  await click(submitButton(page));
  await expect(page.getByRole("heading", { name: "Deal registered" })).toBeVisible();
  expect(clicks).toBeLessThanOrEqual(4);
});

/** Presses Tab until the control with that label has the focus. */
async function tabTo(page: Page, control: ReturnType<Page["locator"]>): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never comes to ${control.toString()}`);
}

test("R04 a deal is registered by keyboard alone", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await openPage(page, it.membership);
  await tabTo(page, page.getByLabel("Customer name"));
  await page.keyboard.type("Keyboard Works");
  await tabTo(page, page.getByLabel("Country"));
  await page.keyboard.type("Germany");
  await tabTo(page, page.locator("[name=value]"));
  await page.keyboard.type("4000");
  await tabTo(page, page.getByLabel("Expected close date"));
  // Chromium's date control takes the parts one after another, in the order of its own language.
  await page.keyboard.type("01012031");
  await tabTo(page, submitButton(page));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Deal registered" })).toBeVisible();
});

test("R04 a deal is registered on a phone without sideways scroll", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = it.partner;
  await page.setViewportSize({ width: 360, height: 740 });
  await openPage(page, it.membership);
  const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(360);
  await fill(page, "Pocket Ltd");
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Deal registered" })).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(360);
  const button = await page.getByRole("link", { name: "Open the deal" }).boundingBox();
  expect(button?.height ?? 0).toBeGreaterThanOrEqual(24);
});
