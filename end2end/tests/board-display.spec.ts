import { type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board, middle } from "../support/board.ts";
import { expect, test } from "../support/test.ts";
import { approved } from "../support/working.ts";
import { type World, world } from "../support/world.ts";

function deals({ membership }: World): string {
  return `/p/${membership}/deals`;
}

type Point = { x: number; y: number };

async function carry(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 4, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 12 });
}

test("a collapsed column takes cards, stays collapsed, and opens by its strip", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss", "Tern Labs"]);
  const { partner } = here;
  const board = await new Board(partner).open(deals(here));
  const [first = ""] = await board.names("Qualified");
  const column = board.column("Proposal");
  await column.getByRole("button", { name: "Collapse Proposal" }).click();
  await expect(column).toHaveAttribute("data-collapsed", "");
  const strip = column.getByRole("link", { name: "Open Proposal" });
  await expect(strip).toBeFocused();
  await expectAccessible(partner);

  await carry(partner, await middle(board.card(first)), await middle(column));
  await expect(column).toHaveAttribute("data-over", "");
  await partner.mouse.up();
  await expect(board.toast).toContainText(`Moved ${first} to Proposal.`);
  expect(await board.count("Proposal")).toBe(1);
  await expect(column.locator(".board__sums")).toHaveText("EUR 12,000");

  // The server's page is collapsed already; without the app the strip leads to the stage's deals.
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await partner.context().cookies());
  await plain.goto(deals(here));
  await expect(new Board(plain).column("Proposal")).toHaveAttribute("data-collapsed", "");
  await plain.getByRole("link", { name: "Open Proposal" }).click();
  await expect(plain.getByRole("rowheader")).toHaveCount(1);
  await expect(plain.getByRole("rowheader")).toContainText(first);

  await partner.reload();
  await board.awake();
  await strip.press("Enter");
  await board.expectIn("Proposal", first);
  await expect(column.getByRole("button", { name: "Collapse Proposal" })).toBeFocused();
});

test("compact cards are lower, are dropped where they are, and stay compact", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss", "Tern Labs", "Quill Press"]);
  const { partner } = here;
  const board = await new Board(partner).open(deals(here));
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  const height = async (): Promise<number | undefined> => (await board.card(first).boundingBox())?.height;
  expect(await height()).toBe(76);
  const compact = partner.getByRole("button", { name: "Compact", exact: true });
  await compact.click();
  await expect(compact).toHaveAttribute("aria-pressed", "true");
  expect(await height()).toBe(56);
  await expect(board.card(first)).toContainText("EUR 12,000");
  await expect(board.card(first).locator(".deal-card__date")).toBeHidden();
  await expectAccessible(partner);

  await carry(partner, await middle(board.card(first)), await middle(board.card(third)));
  await partner.mouse.up();
  await expect.poll(() => board.names("Qualified")).toEqual([second, third, first]);
  await expect(board.toast).toContainText(`Moved ${first} within Qualified.`);
  await partner.reload();
  await board.awake();
  await expect(compact).toHaveAttribute("aria-pressed", "true");
  expect(await height()).toBe(56);
  expect(await board.names("Qualified")).toEqual([second, third, first]);
});

test("cards show the answers that the company chose, on the open board too", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss"]);
  const { admin, partner } = here;
  const board = await new Board(partner).open(deals(here));
  const card = board.card("Hale & Moss");
  const height = async (): Promise<number | undefined> => (await card.boundingBox())?.height;
  expect(await height()).toBe(76);
  await admin.goto(`/c/${here.program}/settings`);
  await admin.locator("form[data-ready]").filter({ has: admin.getByLabel("First line") }).waitFor();
  await admin.getByLabel("First line").selectOption({ label: "Country" });
  await admin.getByLabel("Second line").selectOption({ label: "Country" });
  const save = admin.getByRole("button", { name: "Save card lines" });
  await save.click();
  await expect(admin.getByLabel("Second line")).toHaveAccessibleDescription(/Choose each field once/);
  await admin.getByLabel("Second line").selectOption({ label: "Nothing" });
  await save.click();
  await expect(card).toContainText("Country: Germany");
  await expect.poll(height).toBe(96);
  await partner.getByRole("button", { name: "Compact", exact: true }).click();
  await expect(card.getByText("Germany")).toBeHidden();
  expect(await height()).toBe(56);
});
