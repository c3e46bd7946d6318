import { registered, verdict } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("what happens while a page is on its way to the browser is shown when its stream opens", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const deal = await registered(it, "Between Ltd");
  const page = it.partner;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/live*", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`/p/${it.membership}/deals/${deal}`);
  await ready(page);
  await expect(page.locator("[data-part=facts]")).toContainText("Waiting for review");
  await verdict(it, deal, "decline", "Not in our region.");
  await expect(page.locator("[data-part=facts]")).toContainText("Waiting for review");
  release();
  await expect(page.getByText("Not in our region.").first()).toBeVisible();
});
