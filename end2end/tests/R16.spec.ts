import { dealView, registered, verdict } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { callJson, world } from "../support/world.ts";

test("R16 the partner is told that the company's own team works the deal, with the reason, live", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const deal = await registered(it, "Taken Ltd");
  const page = it.partner;
  await page.goto(`/p/${it.membership}/deals/${deal}`);
  await page.locator("[data-part=actions][data-ready]").waitFor();
  await page.locator("[data-live=up]").waitFor({ state: "attached" });
  const reason = "Our Hamburg team has talked with them since March.";
  await verdict(it, deal, "ineligible", reason);
  await expect(page.getByText("own team already works this deal").first()).toBeVisible({ timeout: 2_000 });
  await expect(page.getByText(reason).first()).toBeVisible();

  // One appeal, with its own words; then none.
  await page.getByText("Appeal\u2026").click();
  await page.getByLabel("Why the verdict should change").fill("They asked us for an offer in writing.");
  await page.getByRole("button", { name: "Send the appeal" }).click();
  await expect(page.locator("[data-part=facts]")).toContainText("Waiting for review");
  expect((await dealView(it, deal)).registration.status).toBe("submitted");
  await verdict(it, deal, "decline", "Still ours.");
  await expect(page.getByText("The registration was declined").first()).toBeVisible();
  await expect(page.getByText("Appeal\u2026")).toHaveCount(0);
});

test("R16 what the company asks is answered with only the named fields open", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 409/);
  const it = await world(server, newBrowser);
  const deal = await registered(it, "Questions Ltd");
  const { version } = await dealView(it, deal);
  const asked = await it.admin.evaluate(
    async ([program, deal, version]) => {
      const body = new URLSearchParams({ program, deal, version, verdict: "ask_info", text: "Which need?" });
      body.append("fields[0]", "need");
      return (await fetch("/api/decide_deal", { method: "POST", headers: { Accept: "application/json" }, body })).status;
    },
    [it.program, deal, String(version)] as const,
  );
  expect(asked).toBe(200);
  const page = it.partner;
  await page.goto(`/p/${it.membership}/deals/${deal}`);
  await page.getByRole("link", { name: "Answer the questions" }).click();
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(page.getByText("Which need?")).toBeVisible();
  await expect(page.getByLabel("Customer name")).toHaveCount(0);
  await page.getByLabel("What does the customer need?").fill("Twelve licences.");
  await page.getByRole("button", { name: "Send the answer" }).click();
  await expect(page.locator("[data-part=facts]")).toContainText("Waiting for review");
  await expect(page.locator("[data-part=answers]")).toContainText("Twelve licences.");
  // A closed field stays closed past the page too.
  const forged = await callJson(page, "answer_questions", {
    membership: it.membership,
    command: { deal, answers: { customer: ["Another"] }, note: "", version: (await dealView(it, deal)).version },
  });
  expect(forged.status).toBe(409);
});
