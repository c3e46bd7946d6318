import type { Locator } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board, middle } from "../support/board.ts";
import { move } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { approved, dealOf } from "../support/working.ts";
import { type World, call, done, newProgram, next, world } from "../support/world.ts";

interface Item {
  href: string;
  name: string;
}

/** The programs of whoever is signed in there. */
async function programsOf(here: World): Promise<Item[]> {
  const { programs } = (await done(call(here.partner, "viewer"))) as { programs: Item[] };
  return programs;
}

/** One more program that the same partner team joins. */
async function second(here: World, name: string): Promise<World> {
  const { admin, company, partner, partnerName, partnerPerson } = here;
  const program = await newProgram(admin, company, name);
  const invited = call(admin, "invite_partner", { program, partner_name: partnerName, email: partnerPerson.email });
  const { path } = (await done(invited)) as { path: string };
  await partner.goto(path);
  await partner.getByLabel("Join with").selectOption({ label: partnerName });
  await partner.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(partner.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();
  const href = (await programsOf(here)).find((item) => item.name === name)?.href ?? "";
  return { ...here, program, membership: /mem_\w+/.exec(href)?.[0] ?? "" };
}

function stage(of: Locator, name: string): Locator {
  const heading = of.page().getByRole("heading", { level: 2, name, exact: true });
  return of.locator("section.board__column").filter({ has: heading });
}

test("all programs on one board: each with its own stages, and a card moves within its program", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  const name = `Zephyr ${process.pid}-${next()}`;
  const first = (await programsOf(here))[0]?.name ?? "";
  const other = await second(here, name);
  await approved(here, ["Tern Labs"]);
  await approved(other, ["Hale & Moss"]);
  const page = here.partner;
  await page.setViewportSize({ width: 1280, height: 1100 });
  await page.goto("/");
  await ready(page);
  await page.getByRole("link", { name: "All deals on one board" }).click();
  await page.locator(".lanes[data-ready]").waitFor();
  const [own, zephyr] = [first, name].map((named) => page.getByRole("region", { name: named, exact: true }));
  if (own === undefined || zephyr === undefined) {
    throw new Error("two programs are asked for");
  }
  await expect(own.locator(".lane__head")).toContainText("1 open deal");
  await expect(own.locator(".lane__head .board__sums")).toHaveText("EUR 12,000");
  await expectAccessible(page);

  const board = new Board(page);
  const [target, foreign] = [stage(own, "Proposal"), stage(zephyr, "Proposal")];
  const from = await middle(board.card("Tern Labs"));
  const there = await middle(target);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 4, { steps: 3 });
  // The stages that the card comes from make room, and those below give way.
  await expect(foreign).toHaveAttribute("data-refuses", "Deals of another program");
  const beyond = await middle(foreign);
  await page.mouse.move(beyond.x, beyond.y, { steps: 12 });
  await page.mouse.move(there.x, there.y, { steps: 12 });
  await expect(target).toHaveAttribute("data-over", "");
  await page.mouse.up();
  await expect(board.toast.last()).toContainText("Moved Tern Labs to Proposal.");
  await expect(target.locator(".board__sums")).toHaveText("EUR 12,000");

  // A stage that is final asks here too; news of the other program comes as it happens.
  await board.choose("Tern Labs", "Closed lost");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(target.locator(".deal-card")).toHaveCount(1);
  await done(move(other, (await dealOf(other, "Hale & Moss")).id, "Negotiation"));
  await expect(stage(zephyr, "Negotiation").locator(".deal-card")).toHaveCount(1);

  await zephyr.getByRole("button", { name: `Stages of ${name}`, exact: true }).click();
  await expect(zephyr.locator(".board")).toHaveCount(0);
  await zephyr.getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/p/${other.membership}/deals$`));
});
