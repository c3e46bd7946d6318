import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { colleague } from "../support/drafts.ts";
import { expect, test } from "../support/test.ts";
import { approved, tryMove } from "../support/working.ts";
import { world } from "../support/world.ts";

const THREE = ["Hale & Moss", "Tern Labs", "Quill Press"];
const LOST = "No connection. Moves are kept and sent when it is back.";

test("without a connection the board goes on; moves survive the closed page and are sent when it is back", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/net::ERR_|Failed to load resource/);
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const path = `/p/${here.membership}/deals`;
  const board = await new Board(here.partner).open(path);
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  const context = here.partner.context();
  const bar = here.partner.locator("[data-part=offline]");
  await expect(bar).toBeEmpty();
  await context.setOffline(true);
  await expect(bar).toHaveText(LOST);

  await board.drag(first, "Proposal");
  await board.expectIn("Proposal", first);
  await expect(board.card(first).getByText("Waits to be sent")).toHaveCount(1);
  await expect(bar).toHaveText(`${LOST} 1 move waits.`);
  await board.choose(second, "Negotiation");
  await board.choose(third, "Proposal");
  await expect(bar).toHaveText(`${LOST} 3 moves wait.`);
  await board.toast.filter({ hasText: `Moved ${third} to Proposal.` }).getByRole("button", { name: "Undo" }).click();
  await board.expectIn("Qualified", third);
  await expect(bar).toHaveText(`${LOST} 2 moves wait.`);
  await expect(board.card(third).getByText("Waits to be sent")).toHaveCount(0);
  await expectAccessible(here.partner);

  await here.partner.close();
  await context.setOffline(false);
  const again = await new Board(await context.newPage()).open(path);
  await expect(again.toast.filter({ hasText: "Sent 2 moves." })).toBeVisible();
  await expect(again.page.locator("[data-part=offline]")).toBeEmpty();
  await again.page.reload();
  await again.awake();
  await again.expectIn("Proposal", first);
  await again.expectIn("Negotiation", second);
  expect(await again.names("Qualified")).toEqual([third]);
});

test("each kept move is judged by itself: what came too late goes where the server says, and one answer lost moves once", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/net::ERR_|Failed to load resource/);
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const omar = await colleague(here, await newBrowser(), "Omar Reyes");
  const board = await new Board(here.partner).open(`/p/${here.membership}/deals`);
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  const bar = here.partner.locator("[data-part=offline]");

  // Done, and nobody heard of it: it is sent again under its key.
  const move = "**/api/move_partner_deal";
  const lost = async (route: import("@playwright/test").Route): Promise<void> => {
    await route.fetch();
    await route.abort();
  };
  await here.partner.route(move, lost, { times: 1 });
  await board.drag(third, "Proposal");
  await expect(board.toast.filter({ hasText: "Sent 1 move." })).toBeVisible();
  await expect(bar).toBeEmpty();
  await board.expectIn("Proposal", third);

  await here.partner.context().setOffline(true);
  await expect(bar).toHaveText(LOST);
  await board.choose(first, "Proposal");
  await board.choose(second, "Negotiation");
  await board.choose(first, "Negotiation");
  await expect(bar).toHaveText(`${LOST} 3 moves wait.`);
  await omar.goto("/");
  expect((await tryMove({ ...here, partner: omar }, first, "Proposal")).status).toBe(200);
  await here.partner.context().setOffline(false);
  const refused = board.toast.filter({ hasText: `${first} is back where it was.` });
  await expect(refused).toContainText("Omar Reyes moved the deal from Qualified to Proposal");
  await expect(refused).toContainText("A later move of it was dropped.");
  await board.expectIn("Proposal", first);
  await board.expectIn("Negotiation", second);
  await expect(bar).toBeEmpty();
});

test("several cards that are dragged without a connection wait, and arrive as they were laid", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/net::ERR_|Failed to load resource/);
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const board = await new Board(here.partner).open(`/p/${here.membership}/deals`);
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  const bar = here.partner.locator("[data-part=offline]");
  await here.partner.getByRole("checkbox", { name: `Select ${first}` }).check();
  await here.partner.getByRole("checkbox", { name: `Select ${third}` }).check();
  await here.partner.context().setOffline(true);
  await expect(bar).toHaveText(LOST);
  await board.drag(third, "Proposal");
  await expect.poll(() => board.names("Proposal")).toEqual([first, third]);
  await expect(bar).toHaveText(`${LOST} 2 moves wait.`);
  await expect(board.toast.filter({ hasText: "Moved 2 deals to Proposal." })).toContainText(
    "What is not sent yet waits for the connection.",
  );
  await here.partner.context().setOffline(false);
  await expect(board.toast.filter({ hasText: "Sent 2 moves." })).toBeVisible();
  await here.partner.reload();
  await board.awake();
  expect(await board.names("Proposal")).toEqual([first, third]);
  expect(await board.names("Qualified")).toEqual([second]);
});
