import { Board } from "../support/board.ts";
import { markWon } from "../support/deals.ts";
import { approved, boardOf, dealOf } from "../support/working.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("R21 an approved deal is marked closed-won by mouse, keys and menu, in the list and on its page", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  const [byMouse, byKeys, byMenu, inList, onPage] = ["Hale & Moss", "Tern Labs", "Quill Press", "Oar House", "Ebb Ltd"] as const;
  const all = [byMouse, byKeys, byMenu, inList, onPage];
  await approved(here, all);
  const { partner } = here;
  const board = await new Board(partner).open(`/p/${here.membership}/deals`);
  const confirm = async (name: string): Promise<void> => {
    const dialog = partner.getByRole("dialog", { name: `Is ${name} won?` });
    await dialog.getByRole("button", { name: "Mark closed-won" }).click();
    await board.expectIn("Closed won", name);
    await expect(board.card(name)).toContainText("Waits for confirmation");
    await expect(board.handle(name)).toHaveCount(0);
  };

  await board.drag(byMouse, "Closed won");
  await confirm(byMouse);

  await board.handle(byKeys).focus();
  await partner.keyboard.press("Space");
  for (let step = 0; step < 3; step += 1) {
    await partner.keyboard.press("ArrowRight");
  }
  await expect(board.said).toContainText("Closed won");
  await partner.keyboard.press("Space");
  await confirm(byKeys);

  await board.choose(byMenu, "Closed won");
  await confirm(byMenu);

  await partner.goto(`/p/${here.membership}/deals?view=list`);
  await partner.locator("table[data-ready]").waitFor();
  await partner.getByRole("link", { name: `Mark ${inList} closed-won` }).click();
  const dialog = partner.getByRole("dialog", { name: `Is ${inList} won?` });
  await dialog.getByRole("button", { name: "Mark closed-won" }).click();
  await expect(dialog).toBeHidden();
  await expect(partner.getByRole("row", { name: new RegExp(inList) })).toContainText("Closed won");

  await markWon(here, (await dealOf(here, onPage)).id);
  await expect(partner.getByRole("button", { name: "Mark closed-won" })).toHaveCount(0);

  const won = (await boardOf(here)).columns[3]?.cards.map(({ customer }) => customer);
  expect(new Set(won)).toEqual(new Set(all));
});
