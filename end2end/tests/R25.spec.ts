import { complete, dealView, move, openForm, won } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { call, callJson, world } from "../support/world.ts";

test("R25 after closed-won the partner changes nothing", async ({ server, newBrowser, problems }) => {
  const it = await world(server, newBrowser);
  const deal = await won(it, "Locked Ltd");
  const before = await dealView(it, deal);
  const page = it.partner;
  await page.goto(`/p/${it.membership}/deals/${deal}`);
  await expect(page.getByText("The win waits for the company").first()).toBeVisible();
  await expect(page.locator("[data-part=actions]")).toHaveCount(0);

  problems.allow(/status of 4\d\d/);
  const { membership } = it;
  const version = String(before.version);
  expect((await move(it, deal, "Proposal")).status, "stage").toBe(409);
  expect((await call(page, "withdraw_deal", { membership, deal, version })).status, "withdraw").toBe(409);
  expect((await call(page, "appeal_deal", { membership, deal, version, note: "x" })).status, "appeal").toBe(409);
  const answer = { deal, answers: complete("Other"), note: "", version: before.version };
  expect((await callJson(page, "answer_questions", { membership, command: answer })).status, "fields").toBe(409);
  const file = "file_00000000000000000000000000";
  expect((await callJson(page, "remove_file", { membership, deal, file })).status, "files").toBe(409);
  expect((await call(page, "delete_draft", { membership, deal })).status, "delete").toBe(404);

  const after = await dealView(it, deal);
  expect(after.version).toBe(before.version);
  expect(after.timeline).toEqual(before.timeline);
  // The company may still take others.
  expect((await openForm(it)).submit_key).not.toBe("");
});
