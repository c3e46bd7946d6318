import { calculation, commissions, confirmed, day, markedWon, newTier, publishOffer } from "../support/money.ts";
import { dealView, registered, verdict } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { call, world } from "../support/world.ts";

test("R23 each offer in force pays what it promises, and both sides see the same calculation", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  const gold = await newTier(w, "Gold");
  await publishOffer(w, { name: "Flat", amount: "500" });
  await publishOffer(w, { name: "Percent", percent: "12.5" });
  await publishOffer(w, {
    name: "Steps",
    steps: [
      { above: "", percent: "5" },
      { above: "10,000", percent: "10" },
    ],
  });
  await publishOffer(w, { name: "Capped", percent: "20", cap: "1,000" });
  await publishOffer(w, { name: "Rounded", percent: "0.33" });
  await publishOffer(w, { name: "Too small", percent: "50", minimum: "50,000" });
  await publishOffer(w, { name: "For gold", percent: "50", tiers: [gold] });
  await publishOffer(w, { name: "Over", percent: "50", ends_on: day(-1) });
  await publishOffer(w, { name: "Later", percent: "50", trigger: "transaction" });

  const deal = await registered(w, "Tern Labs", "12,000.50");
  await verdict(w, deal, "approve");
  await markedWon(w, deal);
  await confirmed(w, deal);
  const earned = Object.fromEntries(
    (await commissions(w)).map(({ calculation: { name, amount } }) => [name, amount.minor]),
  );
  // 12,000.50: 12.5% is 1,500.0625; 5% of 10,000 and 10% of 2,000.50; 0.33% is 39.60165.
  expect(earned).toEqual({ Flat: 50_000, Percent: 150_006, Steps: 70_005, Capped: 100_000, Rounded: 3_960 });

  const steps = (await commissions(w)).find(({ calculation: { name } }) => name === "Steps");
  await w.admin.goto(`/c/${w.program}/commissions/${steps?.id}`);
  await w.partner.goto(`/p/${w.membership}/commissions/${steps?.id}`);
  const [theirs, ours] = [await calculation(w.partner, "main"), await calculation(w.admin, "main")];
  expect(theirs).toEqual(ours);
  const text = theirs.join("\n");
  for (const line of [
    "Offer Steps, version 1",
    "Deal value EUR 12,000.50",
    "5% of EUR 10,000.00 EUR 500.00",
    "10% of EUR 2,000.50 EUR 200.05",
    "Commission EUR 700.05",
  ]) {
    expect(text).toContain(line);
  }
});

test("R23 confirmed twice is owed once", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 409/);
  const w = await world(server, newBrowser);
  await publishOffer(w, { name: "Referral fee", percent: "10" });
  const deal = await registered(w, "Tern Labs");
  await verdict(w, deal, "approve");
  await markedWon(w, deal);
  const { version } = await dealView(w, deal);
  const again = { program: w.program, deal, version: String(version), verdict: "confirm_win", text: "" };
  const answers = await Promise.all([call(w.admin, "decide_deal", again), call(w.admin, "decide_deal", again)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  await w.partner.goto(`/p/${w.membership}/commissions`);
  await expect(w.partner.getByRole("rowheader", { name: "Tern Labs" })).toHaveCount(1);
  const approved = w.partner.getByRole("link", { name: /^Approved/ });
  await expect(approved).toContainText("EUR 1,200.00");
  await expect(approved).toContainText("1 commission");
});
