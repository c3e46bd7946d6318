import { Board } from "../support/board.ts";
import { decided, register, tryMove } from "../support/working.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

const WHY = "This deal is ineligible: the company\u2019s own team already works it. It cannot progress.";

test("R17 an ineligible deal stands apart and cannot progress, by the board or by the server", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/409/);
  const here = await world(server, newBrowser);
  await register(here, "Brightwater Mills");
  await decided(here, "Brightwater Mills", "ineligible");
  const board = await new Board(here.partner).open(`/p/${here.membership}/deals`);
  await board.expectIn("Ineligible", "Brightwater Mills");
  await expect(board.column("Qualified").getByText("No deals here")).toBeVisible();
  await board.carry("Brightwater Mills", "Qualified");
  await here.partner.mouse.up();
  await expect(board.said).toHaveText(`Brightwater Mills cannot move. ${WHY}`);
  await expect(board.toast).toContainText(WHY);
  await board.expectIn("Ineligible", "Brightwater Mills");
  expect((await tryMove(here, "Brightwater Mills", "Proposal")).status).toBe(409);
});
