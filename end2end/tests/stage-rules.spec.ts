import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { fromMenu, openEditor, saved } from "../support/editor.ts";
import { changeStage, stageId } from "../support/stages.ts";
import { expect, ready, test } from "../support/test.ts";
import { approved, dealOf, tryMove } from "../support/working.ts";
import { type World, call, done, world } from "../support/world.ts";

const NEED = "What does the customer need?";
const ONLY_COMPANY = "Only the company moves deals into this stage.";

function deals({ membership }: World): string {
  return `/p/${membership}/deals`;
}

test("a drop asks only for what is missing; Cancel gives the card back; the answers go with it", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss", "Tern Labs"]);
  await changeStage(w, "Proposal", {
    description: "They have our offer.",
    rules: { fields: ["customer", "need"], note: true },
  });
  const page = w.partner;
  const board = await new Board(page).open(deals(w));
  const before = await board.names("Qualified");
  const [first = ""] = before;
  await board.drag(first, "Proposal");
  const dialog = page.getByRole("dialog", { name: `What does ${first} bring along?` });
  await expect(dialog.getByText("They have our offer.")).toBeVisible();
  await expect(dialog.getByLabel(NEED)).toBeVisible();
  // The customer is known.
  await expect(dialog.getByRole("textbox")).toHaveCount(2);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(await board.names("Qualified")).toEqual(before);
  expect(await board.count("Proposal")).toBe(0);

  await board.drag(first, "Proposal");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("Enter a note");
  await expect(dialog.getByLabel("Note")).toHaveAccessibleDescription(/Enter a note/);
  await dialog.getByLabel("Note").fill("They called on Monday");
  await dialog.getByLabel(NEED).fill("Backups");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await board.expectIn("Proposal", first);
  await expect(board.toast).toContainText(`Moved ${first} to Proposal.`);
  await board.openDeal(first);
  await expect(page.getByText("Backups")).toBeVisible();
  const history = page.locator("[data-part=timeline]");
  await expect(history).toContainText("moved the deal from Qualified to Proposal, and answered one more question");
  await expect(history).toContainText("They called on Monday");
});

test("by keys and by the menu the same is asked, and a deal that has it all just moves", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  await changeStage(w, "Proposal", { rules: { fields: ["need"] } });
  const page = w.partner;
  const board = await new Board(page).open(deals(w));
  await board.handle("Hale & Moss").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  const dialog = page.getByRole("dialog", { name: "What does Hale & Moss bring along?" });
  await dialog.getByLabel(NEED).fill("Backups");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await board.expectIn("Proposal", "Hale & Moss");
  await expect(board.toast).toContainText("Moved Hale & Moss to Proposal.");
  await board.choose("Hale & Moss", "Negotiation");
  await board.expectIn("Negotiation", "Hale & Moss");
  await expect(board.toast.filter({ hasText: "to Negotiation." })).toBeVisible();
  await board.choose("Hale & Moss", "Proposal");
  await board.expectIn("Proposal", "Hale & Moss");
  await expect(dialog).toBeHidden();
});

test("a stage that takes no deals from partners says why while the card is in the hand", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/409/);
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  await changeStage(w, "Proposal", { rules: { moves_in: "company" } });
  const page = w.partner;
  const board = await new Board(page).open(deals(w));
  await board.carry("Hale & Moss", "Proposal");
  await expect(board.column("Proposal")).toHaveAttribute("data-refuses", ONLY_COMPANY);
  await expect(board.column("Negotiation")).not.toHaveAttribute("data-refuses");
  await page.mouse.up();
  await board.expectIn("Qualified", "Hale & Moss");
  await expect(board.column("Proposal")).not.toHaveAttribute("data-refuses");

  await board.handle("Hale & Moss").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await expect(board.said).toHaveText(`Passed over Proposal. ${ONLY_COMPANY} Negotiation, 1 of 1.`);
  await page.keyboard.press("Escape");
  await board.choose("Hale & Moss", "Proposal");
  await expect(board.toast.last()).toContainText(ONLY_COMPANY);
  await board.expectIn("Qualified", "Hale & Moss");

  const refused = await tryMove(w, "Hale & Moss", "Proposal");
  expect(refused.status).toBe(409);
  expect(JSON.stringify(refused.body)).toContain("company_moves_in");
  const { id } = await dealOf(w, "Hale & Moss");
  await page.goto(`${deals(w)}/${id}`);
  await ready(page);
  await page.getByLabel("Move to stage").selectOption({ label: "Proposal" });
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText(ONLY_COMPANY);
});

test("the list and the deal's page lead to the page that asks", async ({ server, newBrowser, problems }) => {
  problems.allow(/422/);
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  await changeStage(w, "Proposal", { rules: { fields: ["need"], note: true } });
  const { id } = await dealOf(w, "Hale & Moss");
  const page = w.partner;
  await page.goto(`${deals(w)}?view=list`);
  await page.locator("table[data-ready]").waitFor();
  await page.getByRole("link", { name: "Move Hale & Moss to stage" }).click();
  const dialog = page.getByRole("dialog", { name: "Move Hale & Moss to stage" });
  await dialog.getByLabel("Stage").selectOption("Proposal");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page).toHaveURL(/\/enter\/stage_/);
  await expect(page.getByRole("heading", { level: 1, name: "Hale & Moss to Proposal" })).toBeVisible();
  await ready(page);
  await expectAccessible(page);

  await page.goto(`${deals(w)}/${id}`);
  await ready(page);
  await page.getByLabel("Move to stage").selectOption({ label: "Proposal" });
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page).toHaveURL(/\/enter\/stage_/);
  await ready(page);
  await page.getByLabel(NEED).fill("Backups");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Enter a note");
  await expect(page.getByLabel(NEED)).toHaveValue("Backups");
  await ready(page);
  await page.getByLabel("Note").fill("They called on Monday");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/deals/${id}$`));
  await expect(page.locator("[data-part=timeline]")).toContainText("They called on Monday");
});

test("without wasm the form that moves asks on a page of its own", async ({ server, newBrowser, problems }) => {
  problems.allow(/422/);
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  await changeStage(w, "Proposal", { rules: { fields: ["need"] } });
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.context().addCookies(await w.partner.context().cookies());
  await plain.goto(deals(w));
  await plain.getByRole("link", { name: "Move to stage: Hale & Moss" }).click();
  await plain.getByRole("combobox", { name: "Move to", exact: true }).selectOption("Proposal");
  await plain.getByRole("button", { name: "Move", exact: true }).click();
  await expect(plain).toHaveURL(/\/enter\/stage_/);
  await plain.getByRole("button", { name: "Move", exact: true }).click();
  await expect(plain.getByRole("alert")).toContainText("the customer need");
  await plain.getByLabel(NEED).fill("Backups");
  await plain.getByRole("button", { name: "Move", exact: true }).click();
  await expect(plain.getByText("Backups").first()).toBeVisible();
  await expect(plain.getByText("moved the deal from Qualified to Proposal").first()).toBeVisible();
});

test("a stage that asks for a file takes one on its page", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  await changeStage(w, "Proposal", { rules: { file: true } });
  const { id } = await dealOf(w, "Hale & Moss");
  const page = w.partner;
  const entry = `${deals(w)}/${id}/enter/${await stageId(w, "Proposal")}`;
  await page.goto(entry);
  await ready(page);
  // This form has no field for files: a message of the deal takes it.
  await page.getByRole("link", { name: "messages of the deal" }).click();
  await ready(page);
  const file = { name: "plan.pdf", mimeType: "application/pdf", buffer: Buffer.from("a plan") };
  await page.getByLabel("Attach files").setInputFiles(file);
  await page.getByLabel("Message to Altostrat").fill("The plan");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("link", { name: /plan\.pdf/ }).first()).toBeVisible();
  const board = await new Board(page).open(deals(w));
  await board.drag("Hale & Moss", "Proposal");
  await board.expectIn("Proposal", "Hale & Moss");
  await expect(board.toast).toContainText("Moved Hale & Moss to Proposal.");
});

test("the API points to what is missing, and tells a stage's rules", async ({ server, newBrowser, request }) => {
  const w = await world(server, newBrowser);
  await approved(w, ["Hale & Moss"]);
  await changeStage(w, "Proposal", { rules: { fields: ["need"], note: true } });
  await changeStage(w, "Negotiation", { rules: { moves_in: "company" } });
  await w.partner.goto("/");
  const home = (await done(call(w.partner, "home"))) as { partners: [string, string, string][] };
  const partner = home.partners[0]?.[0] ?? "";
  const made = call(w.partner, "make_partner_key", { partner, name: "Moves", days: "30", "scopes[0]": "move" });
  const { token } = (await done(made)) as { token: string };
  const base = `${server.url}/api/v1/programs/${w.program}`;
  const authorised = { Authorization: `Bearer ${token}` };
  const stages = (await (await request.get(`${base}/stages`, { headers: authorised })).json()) as {
    stages: { id: string; name: string; required_fields: string[]; requires_note: boolean; moves_in: string }[];
  };
  const proposal = stages.stages.find(({ name }) => name === "Proposal");
  expect(proposal).toMatchObject({ required_fields: ["need"], requires_note: true, moves_in: "both" });
  const closed = stages.stages.find(({ name }) => name === "Negotiation");
  expect(closed?.moves_in).toBe("company");

  const { id, version } = await dealOf(w, "Hale & Moss");
  let calls = 0;
  const move = async (data: object) => {
    calls += 1;
    const headers = { ...authorised, "Idempotency-Key": `move-${id}-${calls}`, "If-Match": `"${version}"` };
    const answer = await request.post(`${base}/deals/${id}/moves`, { headers, data });
    return { status: answer.status(), body: (await answer.json()) as { code: string; errors?: { pointer: string }[] } };
  };
  const missing = await move({ to_stage: proposal?.id });
  expect(missing.status).toBe(422);
  expect(missing.body.errors?.map(({ pointer }) => pointer)).toEqual(["#/answers/need", "#/note"]);
  const barred = await move({ to_stage: closed?.id });
  expect([barred.status, barred.body.code]).toEqual([409, "rule"]);
  const moved = await move({ to_stage: proposal?.id, note: "Called", answers: { need: "Backups" } });
  expect(moved.status).toBe(200);
});

test("publishing says which stages ask for a field that goes, and the stage designer lets go of it", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await changeStage(w, "Proposal", { rules: { fields: ["need"] } });
  const { admin, program } = w;
  await openEditor(admin, program);
  await fromMenu(admin, NEED, "Remove");
  await saved(admin);
  await admin.getByRole("button", { name: "Publish..." }).click();
  const dialog = admin.getByRole("dialog", { name: "Publish version 2" });
  await expect(dialog).toContainText("1 stage asks for it: Proposal.");
  await expectAccessible(admin);
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(admin.getByText("Version 2 is in use")).toBeVisible();

  await admin.goto(`/c/${program}/stages`);
  await admin.locator("form[data-ready]").waitFor();
  const row = admin.locator(`[data-stage="${await stageId(w, "Proposal")}"]`);
  await expect(row).toContainText("Asks for 1 field");
  await row.getByRole("button", { name: "Description and rules of Proposal" }).click();
  const gone = row.getByLabel(/^need \(the form does not ask it any more/);
  await expect(gone).toBeChecked();
  await gone.uncheck();
  await expect(row).not.toContainText("Asks for 1 field");
});
