import { newTier, publishOffer, raise } from "../support/money.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R28 the Summary lists the offers that hold for this partner's tier, in plain words", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  const [gold, silver] = [await newTier(w, "Gold"), await newTier(w, "Silver")];
  await publishOffer(w, { name: "For everybody", percent: "5", minimum: "1,000" });
  await publishOffer(w, { name: "Gold bonus", amount: "250", tiers: [gold] });
  await publishOffer(w, { name: "Silver bonus", amount: "100", tiers: [silver] });
  await raise(w, gold);

  await w.partner.goto(`/p/${w.membership}/summary`);
  const offers = w.partner.locator("[data-part=offers]");
  const all = offers.getByRole("article").filter({ has: w.partner.getByRole("heading", { name: "For everybody" }) });
  await expect(all).toContainText(
    "You earn 5% of the value of each deal that you win, when the deal is worth EUR 1,000 or more.",
  );
  await all.getByText("For example").click();
  await expect(all).toContainText("5% of EUR 10,000.00");
  await expect(all).toContainText("EUR 500.00");
  await expect(offers.getByRole("heading", { name: "Gold bonus" })).toBeVisible();
  await expect(offers.getByRole("article")).toHaveCount(2);
  await expect(w.partner.getByText("Silver bonus")).toHaveCount(0);

  await raise(w, silver);
  await w.partner.reload();
  await expect(offers.getByRole("heading", { name: "Silver bonus" })).toBeVisible();
  await expect(w.partner.getByText("Gold bonus")).toHaveCount(0);
});
