import { expect, ready, test } from "../support/test.ts";
import { startOn } from "../support/server.ts";
import { decide, markWon, registerDeal } from "../support/deals.ts";
import { signIn, world } from "../support/world.ts";

test("the whole story, from the form to the confirmed win", { tag: "@postgres" }, async ({ server, newBrowser }) => {
  test.setTimeout(60_000);
  const w = await world(server, newBrowser);
  const deal = await registerDeal(w, "Brightwater Foods");
  await w.partner.goto(`/p/${w.membership}/deals/${deal}`);
  await ready(w.partner);
  await decide(w, deal, "Approve", "Go ahead");
  await expect(w.partner.getByText("Go ahead").first()).toBeVisible();
  await w.partner.getByLabel("Move to stage").selectOption({ label: "Negotiation" });
  await w.partner.getByRole("button", { name: "Move", exact: true }).click();
  await expect(w.partner.getByText("moved the deal from Qualified to Negotiation")).toBeVisible();
  await markWon(w, deal);
  await decide(w, deal, "Confirm the win");
  await expect(w.partner.getByRole("main").getByText("confirmed the win").first()).toBeVisible();
});

test("two processes on one database work as one", { tag: ["@postgres", "@processes"] }, async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const other = await startOn(server.settings, server.dataFolder);
  try {
    const deal = await registerDeal(w, "Tern Labs");
    const there = await newBrowser({ baseURL: other.url });
    await signIn(there, w.adminPerson);
    await there.goto(`/c/${w.program}/deals/${deal}`);
    await expect(there.getByText("Waiting for review").first()).toBeVisible();
    await decide(w, deal, "Approve", "From the first process");
    // The second process heard of it from the database and told its page.
    await expect(there.getByText("From the first process").first()).toBeVisible();
    // A page that listens would complain when its process stops.
    await there.goto("about:blank");
  } finally {
    await other.stop();
  }
});
