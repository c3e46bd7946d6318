import { approvedDeal } from "../support/deals.ts";
import { expect, ready, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R03 the company has no handle, and an override stands in the history", async ({ server, newBrowser, problems }) => {
  // The first try has no reason, and is refused.
  problems.allow(/status of 422/);
  const w = await world(server, newBrowser);
  const deal = await approvedDeal(w, "Hale and Moss");

  await w.admin.goto(`/c/${w.program}/deals`);
  await expect(w.admin.getByText("Hale and Moss").first()).toBeVisible();
  await expect(w.admin.getByRole("button", { name: /^(Drag|Move) / })).toHaveCount(0);

  await w.admin.goto(`/c/${w.program}/deals/${deal}`);
  await ready(w.admin);
  await w.admin.getByText("Override the stage").first().click();
  await w.admin.getByRole("combobox", { name: "Stage", exact: true }).selectOption({ label: "Proposal" });
  await w.admin.getByRole("button", { name: "Override the stage" }).click();
  await expect(w.admin.getByText("Enter a reason. The partner reads it.").first()).toBeVisible();
  await w.admin.getByLabel("Why you override the partner").fill("The customer called us");
  await w.admin.getByRole("button", { name: "Override the stage" }).click();

  await w.partner.goto(`/p/${w.membership}/deals/${deal}`);
  await expect(w.partner.getByText("overrode the stage: moved the deal from Qualified to Proposal")).toBeVisible();
  await expect(w.partner.getByText("The customer called us").first()).toBeVisible();
});
