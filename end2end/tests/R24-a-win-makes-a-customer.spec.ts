import { approvedDeal, decide, markWon } from "../support/deals.ts";
import { expect, test } from "../support/test.ts";
import { next, world } from "../support/world.ts";

test("R24 closed-won makes the customer the company's, once per business", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const name = `Lumen Works ${process.pid}-${next()}`;
  const first = await approvedDeal(w, name);
  const second = await approvedDeal(w, `${name} GmbH`);
  await markWon(w, first);
  await w.admin.goto(`/c/${w.program}/customers?search=${encodeURIComponent(name)}`);
  const rows = w.admin.getByRole("rowheader", { name });
  await expect(rows).toHaveCount(1);
  await expect(w.admin.getByText("Provisional").first()).toBeVisible();

  await decide(w, first, "Confirm the win");
  await markWon(w, second);
  await w.admin.goto(`/c/${w.program}/customers?search=${encodeURIComponent(name)}`);
  await expect(rows).toHaveCount(1);
  await expect(w.admin.getByText("Confirmed").first()).toBeVisible();
});
