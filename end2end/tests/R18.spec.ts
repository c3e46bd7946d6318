import { Board } from "../support/board.ts";
import { decided, register, tryMove } from "../support/working.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R18 a stage moves only after approval, which arrives without a reload", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/409/);
  const here = await world(server, newBrowser);
  await register(here, "Hale & Moss");
  const board = await new Board(here.partner).open(`/p/${here.membership}/deals`);
  await board.expectIn("Waiting for review", "Hale & Moss");
  await board.carry("Hale & Moss", "Proposal");
  await here.partner.mouse.up();
  await expect(board.said).toContainText("The stage can change after approval.");
  expect((await tryMove(here, "Hale & Moss", "Proposal")).status).toBe(409);

  await decided(here, "Hale & Moss", "approve");
  await board.expectIn("Qualified", "Hale & Moss");
  await board.drag("Hale & Moss", "Proposal");
  await expect(board.toast.last()).toContainText("Moved Hale & Moss to Proposal.");
  await here.partner.reload();
  await board.awake();
  await board.expectIn("Proposal", "Hale & Moss");
});
