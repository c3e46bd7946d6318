import type { Page } from "@playwright/test";
import { dealView, registered } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { type World, call, done, next, world } from "../support/world.ts";

async function openDesk(page: Page, w: World, deal: string): Promise<void> {
  await page.goto(`/c/${w.program}/review?deal=${deal}`);
  await page.locator("form[data-ready]").waitFor();
}

async function choose(page: Page, verdict: string, text: string): Promise<void> {
  await page.getByRole("radio", { name: verdict }).check();
  await page.getByLabel("Text for the partner").fill(text);
  await page.getByRole("button", { name: verdict }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
}

async function facts(page: Page, w: World, deal: string) {
  await page.goto(`/p/${w.membership}/deals/${deal}`);
  await ready(page);
  await page.locator("[data-live=up]").waitFor({ state: "attached" });
  return page.locator("[data-part=facts]");
}

test("a decision that is undone within eight seconds was never sent", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await registered(w, "Second Thoughts Ltd");
  const before = await dealView(w, deal);
  const seen = await facts(w.partner, w, deal);
  const sent: string[] = [];
  w.admin.on("request", (request) => {
    if (request.url().includes("decide_deal")) {
      sent.push(request.postData() ?? "");
    }
  });
  await w.admin.clock.install();
  await openDesk(w.admin, w, deal);
  await choose(w.admin, "Decline", "A slip of the hand.");
  await w.admin.getByRole("button", { name: "Undo" }).click();
  await expect(w.admin.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await w.admin.clock.fastForward(60_000);
  // The reason is still there to be mended, and the partner saw nothing.
  await expect(w.admin.getByLabel("Text for the partner")).toHaveValue("A slip of the hand.");
  await expect(seen).toContainText("Waiting for review");
  expect(sent).toEqual([]);
  const after = await dealView(w, deal);
  expect([after.version, after.timeline]).toEqual([before.version, before.timeline]);

  // Left alone, the same decision goes out after the eight seconds, and not before.
  await choose(w.admin, "Approve", "Go ahead.");
  await w.admin.clock.fastForward(4_000);
  expect(sent).toEqual([]);
  await w.admin.clock.fastForward(5_000);
  await expect(w.partner.getByText("Go ahead.").first()).toBeVisible();
  await expect(w.partner.getByText("A slip of the hand.")).toHaveCount(0);
  expect(sent).toHaveLength(1);
});

test("the later of two reviewers is told who was first, and changes nothing", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 409/);
  const w = await world(server, newBrowser);
  const deal = await registered(w, "Two Minds Ltd");
  const email = `ravi-${process.pid}-${next()}@altostrat.example`;
  const invited = call(w.admin, "invite_to_company", { company: w.company, email, role: "reviewer" });
  const { path } = (await done(invited)) as { path: string };
  const second = await newBrowser();
  await second.goto(path);
  const token = path.split("/").pop() ?? "";
  await done(call(second, "join", { token, name: "Ravi Sharma", password: w.adminPerson.password }));

  await openDesk(second, w, deal);
  await choose(second, "Decline", "Not for us.");
  await openDesk(w.admin, w, deal);
  await choose(w.admin, "Approve", "Go ahead.");
  await w.admin.getByRole("button", { name: "Send now" }).click();
  // The second sees the first before saying anything more.
  await expect(second.locator(".desk__item")).toHaveCount(0);
  await second.getByRole("button", { name: "Send now" }).click();
  const refusal = second.locator(".toast");
  await expect(refusal).toContainText(`${w.adminPerson.name} approved the registration`);
  await expect(refusal).toContainText("Your change was not saved.");

  const seen = await facts(w.partner, w, deal);
  await expect(seen).toContainText("Approved");
  await expect(w.partner.getByText("Not for us.")).toHaveCount(0);
});
