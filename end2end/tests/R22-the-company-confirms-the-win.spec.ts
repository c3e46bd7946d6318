import { approvedDeal, decide, markWon } from "../support/deals.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, world } from "../support/world.ts";

test("R22 the company is told of the win and confirms it", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await approvedDeal(w, "Tern Labs");
  // The company's one admin hears of every test's deals: only what comes now counts.
  await call(w.admin, "read_notices");
  await w.admin.goto("/");
  await ready(w.admin);
  await expect(w.admin.getByRole("button", { name: "No unread notifications" })).toBeVisible();
  await markWon(w, deal);
  const bell = w.admin.getByRole("button", { name: /^[1-9]\d* unread notifications?$/ });
  await expect(bell).toHaveAccessibleName("1 unread notification");
  await bell.click();
  await expect(w.admin.getByRole("link", { name: /marked the deal closed-won.*Tern Labs/ }).first()).toBeVisible();

  await decide(w, deal, "Confirm the win");
  await w.partner.goto(`/p/${w.membership}/deals/${deal}`);
  await expect(w.partner.getByRole("main").getByText("confirmed the win").first()).toBeVisible();
});

test("R22 a rejected win opens the deal again, with the reason", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await approvedDeal(w, "Tern Labs");
  await markWon(w, deal);
  await decide(w, deal, "Reject the win", "No order has come in");
  // The partner's page is still open and shows the verdict without a reload.
  await expect(w.partner.getByText("No order has come in").first()).toBeVisible();
  await expect(w.partner.getByRole("button", { name: "Mark closed-won" })).toBeVisible();
});
