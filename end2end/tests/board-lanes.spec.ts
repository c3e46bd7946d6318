import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board, middle } from "../support/board.ts";
import { colleague } from "../support/drafts.ts";
import { complete, move, openForm, send } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { dealOf, decided } from "../support/working.ts";
import { type World, done, world } from "../support/world.ts";

const OMAR = "Omar Reyes";

/** Registers a deal that closes on that day, as that person, and has it approved. */
async function closing(here: World, customer: string, value: string, day: string, by = here.partner): Promise<void> {
  const registrar = { membership: here.membership, partner: by };
  const answers = { ...complete(customer, value), close_date: [day] };
  await done(send(registrar, await openForm(registrar), answers));
  await decided(here, customer, "approve");
}

async function awake(page: Page): Promise<void> {
  await page.locator(".lanes[data-ready]").waitFor();
}

function lane(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

function stage(of: Locator, name: string): Locator {
  const heading = of.page().getByRole("heading", { level: 2, name, exact: true });
  return of.locator("section.board__column").filter({ has: heading });
}

/** How many deals the lane holds, and what they come to. */
async function expectSums(of: Locator, count: string, sums: string): Promise<void> {
  await expect(of.locator(".lane__head .board__count")).toContainText(count);
  await expect(of.locator(".lane__head .board__sums")).toHaveText(sums);
}

test("lanes by month: a card moves within its lane, another month's lane refuses it, and a lane is folded", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  await closing(here, "Tern Labs", "500", "2031-01-10");
  await closing(here, "Hale & Moss", "12000", "2031-01-31");
  await closing(here, "Quill Press", "700", "2031-02-01");
  const page = here.partner;
  await page.setViewportSize({ width: 1280, height: 1100 });
  const board = await new Board(page).open(`/p/${here.membership}/deals`);
  await page.getByRole("button", { name: "Lanes", exact: true }).click();
  await page.locator(".menu__list:popover-open").getByRole("link", { name: "Close month", exact: true }).click();
  await expect(page).toHaveURL(/lanes=month/);
  await awake(page);
  await expect(page.locator(".lane__head h2")).toHaveText(["Jan 2031", "Feb 2031"]);
  const [january, february] = [lane(page, "Jan 2031"), lane(page, "Feb 2031")];
  await expectSums(january, "2", "EUR 12,500");
  await expectSums(february, "1", "EUR 700");
  await expectAccessible(page);

  // Held over another lane it has no place there, and goes back.
  const foreign = stage(february, "Proposal");
  const own = stage(january, "Proposal");
  const from = await middle(board.card("Tern Labs"));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 4, { steps: 3 });
  // The lane that the card comes from makes room, and those below give way.
  await expect(foreign).toHaveAttribute("data-refuses", "Deals of another close month");
  const beyond = await middle(foreign);
  await page.mouse.move(beyond.x, beyond.y, { steps: 12 });
  await expect(foreign).not.toHaveAttribute("data-over");
  await page.mouse.up();
  await expect(foreign).not.toHaveAttribute("data-refuses");
  await expect(stage(january, "Qualified").locator(".deal-card")).toHaveCount(2);

  const there = await middle(own);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 4, { steps: 3 });
  await page.mouse.move(there.x, there.y, { steps: 12 });
  await expect(own).toHaveAttribute("data-over", "");
  await page.mouse.up();
  await expect(board.toast.last()).toContainText("Moved Tern Labs to Proposal.");
  await expect(own.locator(".board__sums")).toHaveText("EUR 500");
  await expect(stage(january, "Qualified").locator(".board__sums")).toHaveText("EUR 12,000");
  await expectSums(january, "2", "EUR 12,500");

  // By keys it walks through the stages of its lane.
  await board.handle("Quill Press").focus();
  for (const key of ["Space", "ArrowRight", "Space"]) {
    await page.keyboard.press(key);
  }
  await expect(board.toast.last()).toContainText("Moved Quill Press to Proposal.");
  await expect(foreign.locator(".board__sums")).toHaveText("EUR 700");

  const fold = january.getByRole("link", { name: "Jan 2031", exact: true });
  await fold.click();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(january.locator(".board")).toHaveCount(0);
  await expectSums(january, "2", "EUR 12,500");
  await page.reload();
  await awake(page);
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(foreign.getByRole("link", { name: "Quill Press", exact: true })).toBeVisible();
  await fold.click();
  await expect(own.getByRole("link", { name: "Tern Labs", exact: true })).toBeVisible();
});

test("lanes by owner and by partner: a new owner's lane comes live, and lanes are lists without the app", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  await closing(here, "Tern Labs", "500", "2031-01-10");
  const { admin, partner, partnerName } = here;
  const deals = `/p/${here.membership}/deals?lanes=owner`;
  const omar = await colleague(here, await newBrowser(), OMAR);
  await partner.goto(deals);
  await awake(partner);
  await expect(partner.locator(".lane__head h2")).toHaveText([here.partnerPerson.name]);
  await admin.goto(`/c/${here.program}/deals?lanes=partner`);
  await awake(admin);
  await expectSums(lane(admin, partnerName), "1", "EUR 500");

  await closing(here, "Hale & Moss", "12000", "2031-01-31", omar);
  const his = lane(partner, OMAR);
  await expectSums(his, "1", "EUR 12,000");
  await expectSums(lane(admin, partnerName), "2", "EUR 12,500");
  await his.getByRole("link", { name: OMAR, exact: true }).click();
  await expect(stage(his, "Qualified").locator(".deal-card")).toHaveCount(1);
  await done(move(here, (await dealOf(here, "Hale & Moss")).id, "Proposal"));
  await expect(stage(his, "Proposal").locator(".deal-card")).toHaveCount(1);
  await expect(stage(lane(admin, partnerName), "Proposal").locator(".board__sums")).toHaveText("EUR 12,000");
  await expectAccessible(admin);

  // A filter keeps the lanes, and they hold what it lets through.
  await partner.goto(`${deals}&search=tern`);
  await awake(partner);
  await expect(partner.locator(".lane__head h2")).toHaveText([here.partnerPerson.name]);
  await partner.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(partner.locator(".lane__head h2")).toHaveCount(2);

  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await partner.context().cookies());
  await plain.goto(deals);
  await expect(stage(lane(plain, OMAR), "Proposal").locator(".deal-card")).toHaveCount(1);
  await plain.getByRole("link", { name: OMAR, exact: true }).click();
  await expect(lane(plain, OMAR).locator(".deal-card")).toHaveCount(0);
  await plain.getByRole("link", { name: "Move to stage: Tern Labs", exact: true }).click();
  await expect(plain.locator(".move-panel")).toContainText("Tern Labs");
});
