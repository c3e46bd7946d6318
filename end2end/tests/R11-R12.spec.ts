import { takeRegistrations } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, world } from "../support/world.ts";

for (const [fact, tab] of [["R11", "deals"], ["R12", "summary"]] as const) {
  test(`${fact} "Register a Deal" on ${tab} opens the program's form`, async ({ server, newBrowser }) => {
    const it = await world(server, newBrowser);
    await call(it.admin, "switch_submissions", { program: it.program, open: "false" });
    const page = it.partner;
    await page.goto(`/p/${it.membership}/${tab}`);
    await ready(page);
    const button = page.getByRole("link", { name: "Register a Deal" });
    await expect(button).toHaveCount(0);
    // The company opens its doors in another browser: the button comes without a reload.
    await takeRegistrations(it);
    await expect(button.first()).toBeVisible();
    await button.first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Register a Deal" })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/p/${it.membership}/deals/new\\?key=`));
    await expect(page.getByLabel("Customer name")).toBeVisible();
  });
}
