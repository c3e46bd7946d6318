import { Board, middle } from "../support/board.ts";
import { approved, decided, register, tryMove } from "../support/working.ts";
import { expect, test } from "../support/test.ts";
import { type World, world } from "../support/world.ts";

const THREE = ["Hale & Moss", "Tern Labs", "Quill Press"];

function deals({ membership }: World): string {
  return `/p/${membership}/deals`;
}

test("a card follows the mouse, drops into the slot, and stays there after a reload", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const board = await new Board(here.partner).open(deals(here));
  const top = (await board.names("Qualified"))[0] ?? "";
  await board.drag(top, "Proposal");
  await board.expectIn("Proposal", top);
  await expect(board.toast).toContainText(`Moved ${top} to Proposal.`);
  expect(await board.count("Qualified")).toBe(2);
  expect(await board.count("Proposal")).toBe(1);
  await expect(board.column("Proposal").locator(".board__sums")).toHaveText("EUR 12,000");
  await here.partner.reload();
  await board.awake();
  await board.expectIn("Proposal", top);
});

test("the board fetches what somebody else moved, and not what it moved itself", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const board = await new Board(here.partner).open(deals(here));
  const [first = "", second = ""] = await board.names("Qualified");
  const other = await newBrowser();
  await other.context().addCookies(await here.partner.context().cookies());
  await other.goto("/");
  let fetched = 0;
  here.partner.on("request", (request) => {
    fetched += Number(request.url().endsWith("/api/partner_board"));
  });
  await board.drag(first, "Proposal");
  await expect(board.toast).toContainText(`Moved ${first} to Proposal.`);
  expect((await tryMove({ ...here, partner: other }, second, "Negotiation")).status).toBe(200);
  await board.expectIn("Negotiation", second);
  expect(fetched).toBe(1);
  expect(await board.count("Proposal")).toBe(1);
});

test("five pixels are a click, Esc gives a carried card back", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const board = await new Board(here.partner).open(deals(here));
  const before = await board.names("Qualified");
  await board.carry(before[1] ?? "", "Proposal");
  await here.partner.keyboard.press("Escape");
  await expect(board.said).toHaveText(`Cancelled. ${before[1]} is back in Qualified, 2 of 3.`);
  await here.partner.mouse.up();
  expect(await board.names("Qualified")).toEqual(before);
  const at = await middle(board.card(before[0] ?? "").locator(".deal-card__customer"));
  await here.partner.mouse.move(at.x, at.y);
  await here.partner.mouse.down();
  await here.partner.mouse.move(at.x + 2, at.y + 2);
  await here.partner.mouse.up();
  await expect(here.partner).toHaveURL(/\?deal=deal_/);
});

test("the keyboard lifts, walks and drops, and a screen reader hears each step", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const { partner } = here;
  const board = await new Board(partner).open(deals(here));
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  await board.handle(second).focus();
  await partner.keyboard.press("Space");
  await expect(board.said).toHaveText(`Lifted ${second}. Qualified, 2 of 3.`);
  await partner.keyboard.press("ArrowDown");
  await expect(board.said).toHaveText("Qualified, 3 of 3.");
  await partner.keyboard.press("ArrowRight");
  await expect(board.said).toHaveText("Proposal, 1 of 1.");
  await partner.keyboard.press("Escape");
  await expect(board.said).toHaveText(`Cancelled. ${second} is back in Qualified, 2 of 3.`);
  await expect(board.handle(second)).toBeFocused();
  await partner.keyboard.press("Space");
  await partner.keyboard.press("ArrowRight");
  await partner.keyboard.press("Space");
  await expect(board.said).toHaveText(`Dropped ${second}. Proposal, 1 of 1.`);
  await board.expectIn("Proposal", second);
  await expect(board.handle(second)).toBeFocused();
  expect(await board.names("Qualified")).toEqual([first, third]);
});

test("the menu moves a card to a stage, up, down and to the top, and Undo takes it back", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const board = await new Board(here.partner).open(deals(here));
  const [first = "", second = "", third = ""] = await board.names("Qualified");
  await board.choose(third, "To the top");
  await expect.poll(() => board.names("Qualified")).toEqual([third, first, second]);
  await board.choose(third, "Down");
  await expect.poll(() => board.names("Qualified")).toEqual([first, third, second]);
  await board.choose(first, "Negotiation");
  await board.expectIn("Negotiation", first);
  // Its own Undo, which comes when the move is kept; those of the moves before stand there still.
  const said = board.toast.filter({ hasText: `Moved ${first} to Negotiation.` });
  await said.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => board.names("Qualified")).toEqual([first, third, second]);
});

test("a lost deal asks why inside the drop; closing the dialog puts the card back", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const { partner } = here;
  const board = await new Board(partner).open(deals(here));
  const [first = ""] = await board.names("Qualified");
  await board.choose(first, "Closed lost");
  const dialog = partner.getByRole("dialog", { name: `Why was ${first} lost?` });
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await board.expectIn("Qualified", first);
  await board.choose(first, "Closed lost");
  await dialog.getByLabel("Reason").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await board.expectIn("Closed lost", first);
});

test("a refused move goes back to its place with who moved it, where and when", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/409/);
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const board = await new Board(here.partner).open(deals(here));
  const before = await board.names("Qualified");
  const name = before[0] ?? "";
  // The page is held at the old version: it does not hear of the other move.
  await here.partner.route("**/api/partner_board", (route) => route.abort());
  problems.allow(/Failed to load resource|ERR_FAILED/);
  expect((await tryMoveElsewhere(here, newBrowser, name)).status).toBe(200);
  await board.drag(name, "Negotiation");
  await expect(board.toast.last()).toContainText(`${name} is back where it was.`);
  await expect(board.toast.last()).toContainText("moved the deal from Qualified to Proposal");
  expect(await board.names("Qualified")).toEqual(before);
});

/** From a second browser of the same person. */
async function tryMoveElsewhere(
  here: World,
  newBrowser: () => Promise<import("@playwright/test").Page>,
  customer: string,
): Promise<{ status: number }> {
  const page = await newBrowser();
  await page.context().addCookies(await here.partner.context().cookies());
  await page.goto(deals(here));
  return tryMove({ ...here, partner: page }, customer, "Proposal");
}

test("a finger on the handle drags, a swipe scrolls", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const phone = await newBrowser({ hasTouch: true, viewport: { width: 1200, height: 800 } });
  await phone.context().addCookies(await here.partner.context().cookies());
  const board = await new Board(phone).open(deals(here));
  const [first = ""] = await board.names("Qualified");
  const session = await phone.context().newCDPSession(phone);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0, y = 0): Promise<unknown> =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const from = await middle(board.handle(first));
  const to = await middle(board.column("Proposal").locator(".board__list"));
  await touch("touchStart", from.x, from.y);
  for (let step = 1; step <= 10; step += 1) {
    await touch("touchMove", from.x + ((to.x - from.x) * step) / 10, from.y + ((200 - from.y) * step) / 10);
  }
  await expect(board.column("Proposal")).toHaveAttribute("data-over", "");
  await touch("touchEnd");
  await board.expectIn("Proposal", first);
});

test("without wasm the card's menu leads to a form that moves it", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await here.partner.context().cookies());
  await plain.goto(deals(here));
  const board = new Board(plain);
  const [first = ""] = await board.names("Qualified");
  await plain.getByRole("link", { name: `Move to stage: ${first}` }).click();
  await plain.getByRole("combobox", { name: "Move to", exact: true }).selectOption("Negotiation");
  await plain.getByRole("button", { name: "Move", exact: true }).click();
  await board.expectIn("Negotiation", first);
});

test("the list has the same filters and moves deals too", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss", "Tern Labs"]);
  await here.partner.goto(`${deals(here)}?view=list`);
  await here.partner.locator("table[data-ready]").waitFor();
  await here.partner.getByLabel("Search deals").fill("tern");
  await here.partner.getByRole("button", { name: "Filter" }).click();
  await expect(here.partner).toHaveURL(/search=tern/);
  await expect(here.partner.getByRole("rowheader")).toHaveCount(1);
  await here.partner.getByRole("link", { name: "Move Tern Labs to stage" }).click();
  const dialog = here.partner.getByRole("dialog", { name: "Move Tern Labs to stage" });
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog.getByLabel("Stage")).toBeFocused();
  await expect(dialog.getByLabel("Stage")).toHaveAccessibleDescription(/Choose a stage/);
  await dialog.getByLabel("Stage").selectOption("Closed lost");
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await expect(dialog.getByLabel("Reason")).toHaveAccessibleDescription(/Choose why the deal was lost/);
  await dialog.getByLabel("Stage").selectOption("Proposal");
  await expect(dialog.getByLabel("Reason")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(here.partner.getByRole("row", { name: /Tern Labs/ })).toContainText("Proposal");
});

test("the plain form names what each stage asks, and says at the field what is missing", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss"]);
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await here.partner.context().cookies());
  await plain.goto(`${deals(here)}?view=list`);
  await plain.getByRole("link", { name: "Move Hale & Moss to stage" }).click();
  const move = plain.getByRole("button", { name: "Move", exact: true });
  await move.click();
  await expect(plain.getByRole("combobox", { name: "Move to", exact: true })).toHaveAccessibleDescription(/Choose a stage/);
  await plain.getByRole("combobox", { name: "Move to", exact: true }).selectOption("Closed lost");
  await move.click();
  const lost = plain.getByRole("group", { name: "Only for Closed lost" });
  await expect(plain.getByRole("alert").getByRole("link", { name: "Choose why the deal was lost." })).toBeVisible();
  await expect(lost.getByLabel("Why it was lost")).toHaveAccessibleDescription(/Choose why the deal was lost/);
  await plain.getByRole("combobox", { name: "Move to", exact: true }).selectOption("Closed won");
  await move.click();
  await expect(plain.getByRole("group", { name: "Only for Closed won" })).toContainText("Confirm that the deal is won.");

  // The link that names the won stage leads to its question alone.
  await plain.goto(`${deals(here)}?view=list`);
  await plain.getByRole("link", { name: "Mark Hale & Moss closed-won" }).click();
  await expect(plain.getByRole("heading", { name: "Is Hale & Moss won?" })).toBeVisible();
  await expect(plain.getByLabel("Why it was lost")).toHaveCount(0);
  await plain.getByRole("button", { name: "Mark closed-won" }).click();
  await expect(plain.locator("[data-row]")).toHaveCount(0);
  await plain.goto(`${deals(here)}?view=list`);
  await expect(plain.getByRole("row", { name: /Hale & Moss/ })).toContainText("Closed won");
});

test("the least value is said to be none at its field, and the address holds only what is set", async ({
  server,
  newBrowser,
}) => {
  const here = await world(server, newBrowser);
  await register(here, "Tern Labs");
  const { partner } = here;
  await partner.goto(`${deals(here)}?view=list`);
  await partner.locator("table[data-ready]").waitFor();
  const value = partner.getByLabel("Value from");
  await value.fill("a lot");
  await partner.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(value).toBeFocused();
  await expect(value).toHaveAccessibleDescription(/Enter a whole amount/);
  await value.fill("10,000");
  await partner.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(partner).toHaveURL(/\?(value=10000&view=list|view=list&value=10000)$/);
  await expect(partner.getByRole("rowheader")).toHaveCount(1);

  // Without the app the form posts its empty inputs; the page tidies its address.
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await partner.context().cookies());
  await plain.goto(`${deals(here)}?view=list`);
  await plain.getByLabel("Search deals").fill("tern");
  await plain.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(plain).toHaveURL(/\?(search=tern&view=list|view=list&search=tern)$/);
  await plain.getByLabel("Value from").fill("-4");
  await plain.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(plain.getByLabel("Value from")).toHaveValue("-4");
  await expect(plain.getByLabel("Value from")).toHaveAccessibleDescription(/Enter a whole amount/);
});

test("on a phone the filters are behind one button, all of them within the screen", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss", "Tern Labs"]);
  const phone = await newBrowser({ viewport: { width: 360, height: 740 } });
  await phone.context().addCookies(await here.partner.context().cookies());
  await new Board(phone).open(deals(here));
  await expect(phone.getByLabel("Search deals")).toBeHidden();
  await phone.getByRole("button", { name: "Filters" }).click();
  const filters = phone.getByRole("search", { name: "Filter deals" });
  for (const part of [filters.getByLabel("Search deals"), filters.getByLabel("Value from"), filters.getByRole("link", { name: "Stuck" }), filters.getByRole("link", { name: "Closes this month" })]) {
    await expect(part).toBeInViewport({ ratio: 1 });
  }
  await filters.getByLabel("Search deals").fill("tern");
  await filters.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(phone).toHaveURL(/\?search=tern$/);
  await expect(phone.getByLabel("Search deals")).toBeHidden();
  await expect(phone.getByRole("button", { name: /Filters 1/ })).toBeVisible();
});

test("a registration that waits explains itself when it is dragged", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, ["Hale & Moss"]);
  await register(here, "Ebb Systems");
  const board = await new Board(here.partner).open(deals(here));
  await board.carry("Ebb Systems", "Proposal");
  await here.partner.mouse.up();
  await expect(board.said).toContainText("Ebb Systems cannot move. The company has not decided on this registration yet.");
  await decided(here, "Ebb Systems", "approve");
  await board.expectIn("Qualified", "Ebb Systems");
});
