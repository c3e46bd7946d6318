import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { colleague } from "../support/drafts.ts";
import { expect, test } from "../support/test.ts";
import { approved } from "../support/working.ts";
import { world } from "../support/world.ts";

const OMAR = "Omar Reyes";

const watchers = (page: Page): Locator => page.locator("[data-part=watchers]");

test("a board says who else is there, and who has which card in the hand", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss", "Tern Labs"]);
  const omar = await colleague(here, await newBrowser(), OMAR);
  const nadia = here.partnerPerson.name;
  const path = `/p/${here.membership}/deals`;
  const hers = await new Board(here.partner).open(path);
  await expect(watchers(here.partner)).toBeHidden();
  const his = await new Board(omar).open(path);
  const companys = await new Board(here.admin).open(`/c/${here.program}/deals`);
  await expect(watchers(here.partner).getByRole("listitem")).toHaveCount(2);
  await expect(watchers(here.partner)).toContainText(OMAR);
  await expect(watchers(here.partner)).toContainText(here.adminPerson.name);
  await expect(watchers(here.admin)).toContainText(nadia);
  await expectAccessible(here.partner);

  const [first = "", second = ""] = await hers.names("Qualified");
  await hers.carry(first, "Proposal");
  await expect(his.card(first)).toContainText(`${nadia} is moving it`);
  await expect(companys.card(first)).toContainText(`${nadia} is moving it`);
  await expect(hers.card(first)).not.toContainText("is moving it");
  await expectAccessible(here.admin);
  await here.partner.keyboard.press("Escape");
  await here.partner.mouse.up();
  await expect(his.card(first)).not.toContainText("is moving it");

  await his.handle(second).focus();
  await omar.keyboard.press("Space");
  await expect(hers.card(second)).toContainText(`${OMAR} is moving it`);
  // It forbids nothing: who drops first has moved it.
  await hers.choose(second, "Negotiation");
  await hers.expectIn("Negotiation", second);
  await omar.keyboard.press("Escape");
  await his.expectIn("Negotiation", second);
  await expect(hers.card(second)).not.toContainText("is moving it");

  await omar.goto(`/p/${here.membership}/summary`);
  await expect(watchers(here.partner)).not.toContainText(OMAR);
});
