import { registerDeal } from "../support/deals.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, world } from "../support/world.ts";

test("R15 a registration rings the company's bell at once, and opening the deal reads its line", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  // The company's one admin hears of every test's deals: only what comes now counts.
  await call(w.admin, "read_notices");
  await w.admin.goto("/");
  await ready(w.admin);
  await w.admin.locator("[data-live=up]").waitFor({ state: "attached" });
  const bell = (words: string) => w.admin.getByRole("button", { name: words, exact: true });
  await expect(bell("No unread notifications")).toBeVisible();

  const first = await registerDeal(w, "Tern Labs");
  await expect(bell("1 unread notification")).toBeVisible({ timeout: 2_000 });
  await expect(w.admin.getByRole("status").filter({ hasText: "1 unread notification" })).toBeAttached();
  await registerDeal(w, "Quill Press");
  await expect(bell("2 unread notifications")).toBeVisible({ timeout: 2_000 });
  // Nobody is told of their own deeds.
  await expect(w.partner.getByRole("button", { name: "No unread notifications" })).toBeVisible();

  await bell("2 unread notifications").click();
  const words = new RegExp(`^${w.partnerPerson.name} registered the deal as .*Tern Labs`);
  const line = w.admin.getByRole("link", { name: words }).and(w.admin.locator(`[href$="${first}"]`));
  await expect(line).toContainText("(unread)");
  await line.click();
  await expect(w.admin).toHaveURL(`/c/${w.program}/deals/${first}`);
  await expect(w.admin.getByRole("heading", { level: 1, name: "Tern Labs" })).toBeVisible();

  await w.admin.goto("/notifications");
  await expect(w.admin.getByRole("main").getByText("1 unread notification", { exact: true })).toBeVisible();
  const lines = w.admin.getByRole("main").getByRole("link");
  await expect(lines.filter({ hasText: "Quill Press" }).first()).toContainText("(unread)");
  await expect(lines.filter({ hasText: "Tern Labs" }).first()).not.toContainText("(unread)");
});
