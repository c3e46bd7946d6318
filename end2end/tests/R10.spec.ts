import { Board } from "../support/board.ts";
import { approved } from "../support/working.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R10 each program has a Deals tab, as board and as list, each with its own address", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss", "Tern Labs"]);
  const { partner, membership } = here;
  await partner.goto(`/p/${membership}/summary`);
  await partner.getByRole("link", { name: "Deals", exact: true }).first().click();
  const board = new Board(partner);
  await board.awake();
  await board.expectIn("Qualified", "Hale & Moss");
  await partner.getByRole("link", { name: "List" }).click();
  await expect(partner).toHaveURL(/view=list/);
  await expect(partner.getByRole("row")).toHaveCount(3);
  // The address alone leads back to the same view, narrowed the same way.
  await partner.goto(`/p/${membership}/deals?view=list&search=hale`);
  await expect(partner.getByRole("row")).toHaveCount(2);
  await partner.goto(`/p/${membership}/deals?search=tern`);
  await board.awake();
  expect(await board.names("Qualified")).toEqual(["Tern Labs"]);
});
