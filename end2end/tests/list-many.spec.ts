import { type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { download } from "../support/money.ts";
import { expect, ready, test } from "../support/test.ts";
import { approved, boardOf, register, tryMove } from "../support/working.ts";
import { type World, world } from "../support/world.ts";

const THREE = ["Hale & Moss", "Tern Labs", "Quill Press"];

async function openList({ partner, membership }: World, query = ""): Promise<Page> {
  await partner.goto(`/p/${membership}/deals?view=list${query}`);
  await ready(partner);
  return partner;
}

async function inStage(world: World, stage: string): Promise<string[]> {
  const { columns, pipeline } = await boardOf(world);
  const id = pipeline.stages.find(({ name }) => name === stage)?.id;
  return columns.find((column) => column.stage === id)?.cards.map(({ customer }) => customer) ?? [];
}

test("selected deals move together, and only what can be moved is selected", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  await register(here, "Waits for Review");
  const page = await openList(here, "&sort=customer");
  await expect(page.getByRole("checkbox", { name: "Select Waits for Review" })).toHaveCount(0);
  const bar = page.getByRole("group", { name: "Selected deals" });
  await expect(bar).toBeHidden();
  await page.getByRole("checkbox", { name: "Select all deals on this page" }).check();
  await expect(bar.getByRole("status")).toHaveText("3 deals selected");
  await page.getByRole("checkbox", { name: "Select Quill Press" }).uncheck();
  await expect(bar.getByRole("status")).toHaveText("2 deals selected");
  await expectAccessible(page);
  await bar.getByRole("button", { name: "Move to stage" }).click();
  const dialog = page.getByRole("dialog", { name: "Move 2 deals to stage" });
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(dialog.getByLabel("Stage")).toHaveAccessibleDescription(/Choose a stage/);
  await dialog.getByLabel("Stage").selectOption({ label: "Proposal" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(page.locator(".toast")).toContainText("Moved 2 deals to Proposal.");
  await expect(dialog).toBeHidden();
  await expect(bar).toBeHidden();
  // In the list's order, and the third one stays.
  expect(await inStage(here, "Proposal")).toEqual(["Hale & Moss", "Tern Labs"]);
  expect(await inStage(here, "Qualified")).toEqual(["Quill Press"]);
});

test("each deal has its own result: what somebody else moved meanwhile stays selected and says so", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 409/);
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  const page = await openList(here);
  await page.getByRole("checkbox", { name: "Select all deals on this page" }).check();
  await page.getByRole("button", { name: "Move to stage\u2026" }).first().waitFor();
  await page.getByRole("group", { name: "Selected deals" }).getByRole("button", { name: "Move to stage" }).click();
  const dialog = page.getByRole("dialog");
  expect((await tryMove(here, "Tern Labs", "Negotiation")).status).toBe(200);
  await dialog.getByLabel("Stage").selectOption({ label: "Closed lost" });
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await dialog.getByLabel("Reason").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(dialog.getByRole("status")).toHaveText("2 deals done, 1 not moved");
  await expect(dialog.getByText(/^Tern Labs: not moved\. /)).toBeVisible();
  await expect(dialog.getByText("Hale & Moss: moved to Closed lost.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.getByRole("group", { name: "Selected deals" }).getByRole("status")).toHaveText("1 deal selected");
  await expect(page.getByRole("checkbox", { name: "Select Tern Labs" })).toBeChecked();
  expect(await inStage(here, "Negotiation")).toEqual(["Tern Labs"]);
  expect((await inStage(here, "Closed lost")).sort()).toEqual(["Hale & Moss", "Quill Press"]);
});

test("the file holds what the screen shows, in its order", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  await register(here, "=Evil, Corp");
  const page = await openList(here, "&sort=customer");
  const href = await page.getByRole("link", { name: "Download CSV" }).getAttribute("href");
  const [headings, ...lines] = await download(page, href ?? "");
  expect(headings).toBe("Number,Customer,Owner,Status,Stage,Value,Currency,Closes,Protected until,Changed on");
  const shown = await page.locator("tbody tr th a").allInnerTexts();
  expect(lines).toHaveLength(shown.length);
  expect(lines.map((line) => line.split(",")[1]?.replace(/^"?'?/, ""))).toEqual(
    shown.map((name) => name.split(",")[0]),
  );
  expect(lines.find((line) => line.includes("Evil"))).toContain("\"'=Evil, Corp\"");
  expect(lines.find((line) => line.includes("Tern Labs"))).toMatch(/,Approved,Qualified,12000\.00,EUR,\d{4}-\d\d-\d\d,/);
  // Narrowed, so is the file; the company's names the partner.
  const narrowed = await download(page, `/p/${here.membership}/deals.csv?search=quill`);
  expect(narrowed).toHaveLength(2);
  const company = await download(here.admin, `/c/${here.program}/deals.csv`);
  expect(company[0]).toContain("Customer,Partner,Owner");
  expect(company.filter((line) => line.includes(here.partnerName))).toHaveLength(4);
});

test("on a phone rows are selected with a thumb", async ({ server, newBrowser }) => {
  const here = await world(server, newBrowser);
  await approved(here, THREE);
  await here.partner.setViewportSize({ width: 360, height: 740 });
  const page = await openList(here);
  await page.getByRole("checkbox", { name: "Select Tern Labs" }).check();
  const bar = page.getByRole("group", { name: "Selected deals" });
  await expect(bar).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await bar.getByRole("button", { name: "Clear selection" }).click();
  await expect(bar).toBeHidden();
});
