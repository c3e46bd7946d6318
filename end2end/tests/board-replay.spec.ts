import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { expect, test } from "../support/test.ts";
import { approved, tryMove } from "../support/working.ts";
import { type World, world } from "../support/world.ts";

const TWO = ["Hale & Moss", "Tern Labs"];

/** Two deals come to the board, one goes on: three steps. */
async function played(here: World): Promise<void> {
  await approved(here, TWO);
  expect((await tryMove(here, "Hale & Moss", "Proposal")).status).toBe(200);
}

function sentence(page: Page): Locator {
  return page.locator(".replay").getByRole("status");
}

async function counted(board: Board, counts: Record<string, number>): Promise<void> {
  for (const [stage, count] of Object.entries(counts)) {
    await expect(board.cards(stage)).toHaveCount(count);
    await expect(board.column(stage).locator(".board__count")).toHaveText(`${count} deals`);
  }
}

test("a board is replayed step by step, by buttons, by the slider's keys and by itself", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  await played(here);
  const { partner } = here;
  await new Board(partner).open(`/p/${here.membership}/deals`);
  await partner.getByRole("link", { name: "Replay", exact: true }).click();
  await expect(partner).toHaveURL(/\/replay$/);
  const board = new Board(partner);
  await partner.locator(".replay[data-ready]").waitFor();
  await expect(sentence(partner)).toContainText("The board at the beginning of");
  await counted(board, { Qualified: 0, Proposal: 0 });
  const slider = partner.getByRole("slider", { name: "Step" });
  await expect(slider).toHaveAttribute("aria-valuetext", /before the first of 3 steps/);
  await expectAccessible(partner);

  const forward = partner.getByRole("button", { name: "Step forward" });
  await forward.click();
  await expect(sentence(partner)).toContainText("approved Tern Labs: it came to Qualified");
  await counted(board, { Qualified: 1, Proposal: 0 });
  await slider.press("End");
  await expect(sentence(partner)).toContainText(
    /\d{2}:\d{2}: Nadia Okafor moved Hale & Moss from Qualified to Proposal$/,
  );
  await expect(slider).toHaveAttribute("aria-valuetext", /, step 3 of 3$/);
  await counted(board, { Qualified: 1, Proposal: 1 });
  await expect(board.column("Proposal").locator(".board__sums")).toHaveText("EUR 12,000");
  await slider.press("ArrowLeft");
  await counted(board, { Qualified: 2, Proposal: 0 });
  await partner.getByRole("button", { name: "Step back" }).press("Space");
  await expect(sentence(partner)).toContainText("approved Tern Labs");

  // From the end it plays from the beginning, says nothing while it runs, and stops at the end.
  await slider.press("End");
  await partner.getByRole("button", { name: "Play", exact: true }).click();
  await expect(partner.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(sentence(partner)).toHaveAttribute("aria-live", "off");
  await expect(slider).not.toHaveValue("3");
  await partner.getByRole("button", { name: "16x" }).click();
  await expect(slider).toHaveValue("3");
  await expect(partner.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(sentence(partner)).toHaveAttribute("aria-live", "polite");
  await counted(board, { Qualified: 1, Proposal: 1 });
  await expectAccessible(partner);

  // The company is told the same of its program.
  await here.admin.goto(`/c/${here.program}/replay`);
  await here.admin.locator(".replay[data-ready]").waitFor();
  await here.admin.getByRole("slider", { name: "Step" }).press("End");
  await expect(sentence(here.admin)).toContainText("moved Hale & Moss from Qualified to Proposal");
});

test("the days are in the address, and without the app two tables and a list say the same", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const here = await world(server, newBrowser);
  await played(here);
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await here.partner.context().cookies());
  await plain.goto(`/p/${here.membership}/replay`);
  const today = await plain.getByLabel("Last day").inputValue();
  const row = (table: RegExp, stage: string): Locator =>
    plain.getByRole("region", { name: table }).getByRole("row").filter({ hasText: stage });
  await expect(row(/^At the beginning/, "Proposal")).toContainText("0");
  await expect(row(/^At the end/, "Proposal").locator("td")).toHaveText(["1", "EUR 12,000"]);
  await expect(plain.getByRole("region", { name: "Steps" }).getByRole("listitem")).toHaveCount(3);

  await plain.getByLabel("First day").fill(today);
  await plain.getByRole("button", { name: "Show these days" }).click();
  await expect(plain).toHaveURL(`${new URL(plain.url()).origin}/p/${here.membership}/replay?from=${today}&to=${today}`);
  await expect(plain.getByRole("region", { name: "Steps" }).getByRole("listitem").last()).toContainText(
    "Nadia Okafor moved Hale & Moss from Qualified to Proposal",
  );

  // What cannot be is said at its field, with the app and without it.
  for (const page of [plain, here.partner]) {
    await page.goto(`/p/${here.membership}/replay?from=${today}&to=2001-01-01`);
    await expect(page.getByLabel("Last day")).toHaveAccessibleDescription(/the program began then/);
    await expect(page.getByRole("alert")).toContainText("the program began then");
  }
});
