import { type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { expect, test } from "../support/test.ts";
import { approved, tryMove } from "../support/working.ts";
import { type World, world } from "../support/world.ts";

const THREE = ["Hale & Moss", "Tern Labs", "Quill Press"];

function deals({ membership }: World): string {
  return `/p/${membership}/deals`;
}

/** A press on the card beside its link. */
async function press(board: Board, customer: string, key: "ControlOrMeta" | "Shift"): Promise<void> {
  await board.card(customer).locator(".deal-card__value").click({ modifiers: [key] });
}

test("selected cards travel together, and Undo lays them back", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const { partner } = here;
  const board = await new Board(partner).open(deals(here));
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  const bar = partner.getByRole("group", { name: "Selected deals" });
  await expect(bar).toBeHidden();
  await press(board, first, "ControlOrMeta");
  await expect(board.said).toHaveText(`Selected ${first}. 1 deal selected.`);
  await board.handle(third).focus();
  await partner.keyboard.press("x");
  await expect(bar).toContainText("2 deals selected");
  await expect(partner.getByRole("checkbox", { name: `Select ${third}` })).toBeChecked();
  await expectAccessible(partner);

  await board.carry(third, "Proposal");
  await expect(board.card(third)).toHaveAttribute("data-stack", "2");
  await expect(board.column("Proposal")).toHaveAttribute("data-over", "");
  await partner.mouse.up();
  await expect.poll(() => board.names("Proposal")).toEqual([first, third]);
  expect(await board.names("Qualified")).toEqual([second]);
  await expect(bar).toBeHidden();
  const said = board.toast.filter({ hasText: "Moved 2 deals to Proposal." });
  await said.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => board.names("Qualified")).toEqual([first, second, third]);
  await expect(board.toast.filter({ hasText: "Put 2 deals back." })).toBeVisible();

  // Shift takes all between, the menu of any of them moves all, Esc takes none.
  await press(board, first, "ControlOrMeta");
  await press(board, third, "Shift");
  await expect(bar).toContainText("3 deals selected");
  await partner.keyboard.press("Escape");
  await expect(bar).toBeHidden();
  await partner.getByRole("checkbox", { name: `Select ${second}` }).check();
  await partner.getByRole("checkbox", { name: `Select ${first}` }).check();
  await board.choose(second, "Negotiation");
  await expect.poll(() => board.names("Negotiation")).toEqual([first, second]);
  // A box is no way into the deal, and what is sent one by one has arrived.
  await expect(partner).toHaveURL(/\/deals$/);
  await expect(board.toast.filter({ hasText: "Moved 2 deals to Negotiation." })).toBeVisible();
  await partner.reload();
  await board.awake();
  expect(await board.names("Negotiation")).toEqual([first, second]);
});

test("a selected card that is refused goes back with its reason, and a stage that asks asks once", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/409/);
  problems.allow(/Failed to load resource|ERR_FAILED/);
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const { partner } = here;
  const board = await new Board(partner).open(deals(here));
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  // The page is held at the old version: it does not hear of the other move.
  await partner.route("**/api/partner_board", (route) => route.abort());
  const other = await elsewhere(here, newBrowser);
  expect((await tryMove({ ...here, partner: other }, first, "Proposal")).status).toBe(200);
  await press(board, first, "ControlOrMeta");
  await press(board, second, "ControlOrMeta");
  await board.drag(second, "Negotiation");
  const report = partner.getByRole("dialog", { name: "1 of 2 deals moved" });
  await expect(report.getByRole("listitem")).toHaveText(new RegExp(`^${first}: not moved\\. .*from Qualified to Proposal`));
  await report.getByRole("button", { name: "Close", exact: true }).last().click();
  expect(await board.names("Qualified")).toEqual([first, third]);
  expect(await board.names("Negotiation")).toEqual([second]);
  const bar = partner.getByRole("group", { name: "Selected deals" });
  await expect(bar).toContainText("1 deal selected");

  await partner.unroute("**/api/partner_board");
  await partner.reload();
  await board.awake();
  await press(board, second, "ControlOrMeta");
  await press(board, third, "ControlOrMeta");
  await board.choose(third, "Closed lost");
  const dialog = partner.getByRole("dialog", { name: "Move 2 deals to stage" });
  await dialog.getByLabel("Reason").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await board.names("Closed lost")).sort()).toEqual([second, third].sort());
  await expect(bar).toBeHidden();
});

/** A second browser of the same person, on the same page. */
async function elsewhere(here: World, newBrowser: () => Promise<Page>): Promise<Page> {
  const page = await newBrowser();
  await page.context().addCookies(await here.partner.context().cookies());
  await page.goto(deals(here));
  return page;
}
