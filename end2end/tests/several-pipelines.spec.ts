import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { stageId } from "../support/stages.ts";
import { expect, ready, test } from "../support/test.ts";
import { approved, dealOf, decided, register } from "../support/working.ts";
import { type World, callJson, world } from "../support/world.ts";

/** Adds a pipeline for deals in Germany, as the company does. */
async function addEnterprise(page: Page, { program }: World): Promise<void> {
  await page.goto(`/c/${program}/stages`);
  await ready(page);
  await page.getByRole("button", { name: "Add a pipeline" }).click();
  const name = page.getByLabel("Name of the pipeline");
  await expect(name).toBeFocused();
  await name.fill("Enterprise");
  const save = page.getByRole("button", { name: "Save stages" });
  await save.click();
  await expect(page.getByRole("alert")).toContainText("Say which deals enter the pipeline");
  await page.getByLabel("And an answer").selectOption({ label: "Country" });
  await page.getByLabel("Compared with").selectOption({ label: "Germany" });
  await expect(page.getByText("Deals where \u201cCountry\u201d is Germany enter here.")).toBeVisible();
  await expectAccessible(page);
  await save.click();
  await expect(page.getByText("Stages saved").first()).toBeVisible();
  const design = page.getByRole("group", { name: "Pipeline to design" });
  await expect(design.getByRole("button")).toHaveText(["Main", "Enterprise"]);
}

test("a rule leads a deal into a pipeline of its own, and it moves within it", async ({
  server,
  newBrowser,
  problems,
}) => {
  // Another pipeline's stage is refused.
  problems.allow(/status of 409/);
  const w = await world(server, newBrowser);
  await approved(w, ["Old Mill"]);
  const page = w.partner;
  const board = await new Board(page).open(`/p/${w.membership}/deals`);
  const choice = page.getByRole("navigation", { name: "Pipeline" });
  await expect(choice).toBeHidden();

  await addEnterprise(w.admin, w);
  await register(w, "New Mill");
  const { id, version } = await dealOf(w, "New Mill");
  await decided(w, "New Mill", "approve");

  await board.open(`/p/${w.membership}/deals`);
  await board.expectIn("Qualified", "Old Mill");
  await expect(board.card("New Mill")).toBeHidden();
  await choice.getByRole("link", { name: "Enterprise" }).click();
  await board.expectIn("New", "New Mill");
  await expect(page).toHaveURL(/pipeline=pipeline(_|%5F)/u);
  await expect(choice.getByRole("link", { name: "Enterprise" })).toHaveAttribute("aria-current", "true");
  await expect(page.locator("section.board__column[data-stage] h2")).toHaveText(["New", "Closed won", "Closed lost"]);

  const command = {
    deal: id,
    to_stage: await stageId(w, "Proposal"),
    place: "top",
    details: {},
    version: version + 1,
  };
  const refused = await callJson(page, "move_partner_deal", { membership: w.membership, command });
  expect(refused.status).not.toBe(200);
  expect(JSON.stringify(refused.body)).toContain("other_pipeline");

  // The list has all of them, or one.
  await page.goto(`/p/${w.membership}/deals?view=list`);
  await expect(page.getByRole("link", { name: "Old Mill" }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "New Mill" }).first()).toBeVisible();
  await choice.getByRole("link", { name: "Enterprise" }).click();
  await expect(page.getByRole("link", { name: "Old Mill" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "New Mill" }).first()).toBeVisible();
});
