import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board, middle } from "../support/board.ts";
import { changeStage } from "../support/stages.ts";
import { expect, ready, test } from "../support/test.ts";
import { approved } from "../support/working.ts";
import { type World, world } from "../support/world.ts";

const FIRST_ORDER = ["Qualified", "Proposal", "Negotiation", "Closed won", "Closed lost"];

async function openDesigner(page: Page, { program }: World): Promise<void> {
  await page.goto(`/c/${program}/stages`);
  await ready(page);
}

/** The names of the stages, from top to bottom. */
async function order(page: Page): Promise<string[]> {
  return page.getByRole("textbox", { name: "Name" }).evaluateAll((inputs) =>
    inputs.map((input) => (input as HTMLInputElement).value),
  );
}

function row(page: Page, name: string): Locator {
  return page.locator(".stage-row").filter({ has: page.getByRole("group", { name, exact: true }) });
}

function grip(page: Page, name: string): Locator {
  return page.getByRole("button", { name: `Move ${name}`, exact: true });
}

/** Takes the row by its grip with the mouse and holds it over the upper edge of another. */
async function carry(page: Page, name: string, over: string): Promise<void> {
  const start = await middle(grip(page, name));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 8, start.y + 4, { steps: 3 });
  const target = await row(page, over).boundingBox();
  if (target === null) {
    throw new Error(`${over} is not on the screen`);
  }
  await page.mouse.move(target.x + target.width / 2, target.y + 4, { steps: 10 });
  await expect(row(page, over)).toHaveAttribute("data-drop", "before");
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save stages" }).click();
  await expect(page.getByText("Stages saved").first()).toBeVisible();
}

test("stages are put in order by the pointer, and Esc puts back", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const page = w.admin;
  await openDesigner(page, w);
  expect(await order(page)).toEqual(FIRST_ORDER);
  const said = page.locator("[data-announcer]");
  await carry(page, "Negotiation", "Qualified");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(said).toHaveText("Nothing was moved");
  expect(await order(page)).toEqual(FIRST_ORDER);

  await carry(page, "Negotiation", "Qualified");
  await page.mouse.up();
  await expect(said).toHaveText("Negotiation is now stage 1 of 5");
  await expect.poll(() => order(page)).toEqual(["Negotiation", "Qualified", "Proposal", "Closed won", "Closed lost"]);
  await save(page);
  await page.goto(`/c/${w.program}/deals`);
  const columns = page.locator("section.board__column[data-stage] h2");
  await expect(columns).toHaveText(["Negotiation", "Qualified", "Proposal", "Closed won", "Closed lost"]);
});

test("stages are put in order by keys and by the menu, said by name, and the focus stays", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  const page = w.admin;
  await openDesigner(page, w);
  const said = page.locator("[data-announcer]");
  await grip(page, "Proposal").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(said).toHaveText("Proposal is now stage 1 of 5");
  await expect(grip(page, "Proposal")).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(said).toHaveText("Nothing was moved");
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(() => order(page)).toEqual(FIRST_ORDER);

  await page.getByRole("button", { name: "More for Qualified" }).click();
  await page.getByRole("button", { name: "Move to the end" }).click();
  await expect(said).toHaveText("Qualified is now stage 5 of 5");
  await page.getByRole("button", { name: "More for Qualified" }).click();
  await page.getByRole("button", { name: "Move to the front" }).click();
  await expect.poll(() => order(page)).toEqual(FIRST_ORDER);
  await expectAccessible(page);
});

test("the designer fits a phone, and its rules are opened row by row", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const phone = await newBrowser({ hasTouch: true, viewport: { width: 360, height: 740 } });
  await phone.context().addCookies(await w.admin.context().cookies());
  await openDesigner(phone, w);
  const rules = phone.getByRole("button", { name: "Description and rules of Proposal" });
  await rules.tap();
  await expect(rules).toHaveAttribute("aria-expanded", "true");
  await phone.getByLabel("Description", { exact: true }).fill("They have our offer.");
  await phone.getByLabel("Deals at once (hint)").fill("none");
  await phone.getByRole("checkbox", { name: "What does the customer need?" }).check();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Save stages" }).tap();
  await expect(phone.getByRole("alert")).toContainText("A hint of how many deals is between 1 and 10000");
  await phone.getByLabel("Deals at once (hint)").fill("3");
  await save(phone);
  await phone.reload();
  await ready(phone);
  await expect(row(phone, "Proposal")).toContainText("Asks for 1 field");
});

test("partners read what a stage means, by a key too, and how many deals are meant to be enough", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss", "Tern Labs"]);
  await changeStage(w, "Qualified", { description: "They have a need and a budget.", wip_hint: 1 });
  const page = w.partner;
  const board = await new Board(page).open(`/p/${w.membership}/deals`);
  const head = board.column("Qualified").locator(".board__head");
  await expect(head.locator(".board__count")).toContainText("2 of 1 deals: 1 more than the company means to have here");
  const text = page.getByText("They have a need and a budget.");
  await expect(text).toBeHidden();
  await head.getByRole("button", { name: "About Qualified" }).focus();
  await page.keyboard.press("Enter");
  await expect(text).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(text).toBeHidden();
  // A hint blocks nothing.
  await board.drag("Hale & Moss", "Proposal");
  await expect(head.locator(".board__count")).toContainText("1 of 1 deal that the company means to have here at most");
  await board.choose("Hale & Moss", "Qualified");
  await board.expectIn("Qualified", "Hale & Moss");
  await expectAccessible(page);

  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto(`/p/${w.membership}/deals`);
  await plain.getByRole("button", { name: "About Qualified" }).click();
  await expect(plain.getByText("They have a need and a budget.")).toBeVisible();
});

test("reasons for losing stand under their headings", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  await openDesigner(w.admin, w);
  const reasons = w.admin.getByLabel("Reasons for losing");
  const many = Array.from({ length: 197 }, (_, number) => `Reason ${number + 1}`);
  const text = ["No decision", "Price:", "List price", "Discount", ...many].join("\n");
  await reasons.fill(text);
  await save(w.admin);
  await w.admin.reload();
  await ready(w.admin);
  await expect(reasons).toHaveValue(text);
  await reasons.fill(`${text}\nOne too many`);
  await w.admin.getByRole("button", { name: "Save stages" }).click();
  await expect(w.admin.getByRole("alert")).toContainText("Enter each reason for losing once");

  const board = await new Board(w.partner).open(`/p/${w.membership}/deals`);
  await board.choose("Hale & Moss", "Closed lost");
  const dialog = w.partner.getByRole("dialog", { name: "Why was Hale & Moss lost?" });
  const price = dialog.locator("optgroup[label=Price] > option");
  await expect(price).toHaveCount(199);
  await dialog.getByLabel("Reason").selectOption("List price");
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await board.expectIn("Closed lost", "Hale & Moss");
  await board.openDeal("Hale & Moss");
  await expect(w.partner.locator("[data-part=timeline]")).toContainText("Price: List price");
});

test("the history keeps the name of then", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  const board = await new Board(w.partner).open(`/p/${w.membership}/deals`);
  await board.drag("Hale & Moss", "Proposal");
  await expect(board.toast).toContainText("Moved Hale & Moss to Proposal.");
  await changeStage(w, "Qualified", { name: "First talk" });
  await expect(board.column("First talk")).toBeVisible();
  await board.openDeal("Hale & Moss");
  const history = w.partner.locator("[data-part=timeline]");
  await expect(history).toContainText("moved the deal from First talk (then called Qualified) to Proposal");
});

test("a change of the stages shows on an open board, but not under a card in the hand", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  const board = await new Board(w.partner).open(`/p/${w.membership}/deals`);
  const other = await newBrowser();
  await other.context().addCookies(await w.partner.context().cookies());
  const beside = await new Board(other).open(`/p/${w.membership}/deals`);
  await board.carry("Hale & Moss", "Proposal");
  await changeStage(w, "Negotiation", { name: "Last questions", description: "Legal reads it." });
  // Others see it at once; here it waits for the drop.
  await expect(beside.column("Last questions")).toBeVisible();
  await expect(board.column("Negotiation")).toBeVisible();
  await expect(board.column("Proposal")).toHaveAttribute("data-over", "");
  await w.partner.mouse.up();
  await board.expectIn("Proposal", "Hale & Moss");
  await expect(board.column("Last questions")).toBeVisible();
  await expect(board.column("Last questions").getByRole("button", { name: "About Last questions" })).toBeVisible();
});
