import { registered } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, world } from "../support/world.ts";

test("R15 opening the deal lowers the bell on the pages that are open", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await call(w.admin, "read_notices");
  const deal = await registered(w, "Tern Labs");
  await registered(w, "Quill Press");
  await w.admin.goto("/");
  await ready(w.admin);
  await w.admin.locator("[data-live=up]").waitFor({ state: "attached" });
  await expect(w.admin.getByRole("button", { name: "2 unread notifications" })).toBeVisible();
  // Another tab of the same person opens the deal: both bells count what is left.
  const other = await w.admin.context().newPage();
  await other.goto(`/c/${w.program}/deals/${deal}`);
  await ready(other);
  await expect(w.admin.getByRole("button", { name: "1 unread notification" })).toBeVisible();
  await expect(other.getByRole("button", { name: "1 unread notification" })).toBeVisible();
});
