import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { Board } from "../support/board.ts";
import { publishForm } from "../support/forms.ts";
import { expect, ready, test } from "../support/test.ts";
import { approved, dealOf } from "../support/working.ts";
import { world } from "../support/world.ts";

const NEED = "What does the customer need?";

async function openForm(page: Page, deal: string): Promise<void> {
  await page.goto(deal);
  await ready(page);
  await page.getByRole("link", { name: "Change answers" }).click();
  await page.locator('form[aria-label="The answers of the deal"][data-ready]').waitFor();
}

test("a partner changes answers of an approved deal: the company hears of it, the sums follow, nobody overwrites unseen", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of (409|422)/);
  const w = await world(server, newBrowser);
  const required = { when: { subject: "need", operator: "filled" } };
  const kind = { file: { max_bytes: 1_000_000, accept: [], most: 1 } };
  await publishForm(w.admin, w.program, (fields) => [...fields, { key: "plan", kind, label: "Project plan", required }]);
  await approved(w, ["Hale & Moss"]);
  const { id } = await dealOf(w, "Hale & Moss");
  const { admin, partner: page } = w;
  const deal = `/p/${w.membership}/deals/${id}`;
  // Read, so that what comes is news.
  await admin.goto(`/c/${w.program}/deals/${id}`);
  await ready(admin);

  await openForm(page, deal);
  await expect(page.locator("[name=value]")).toHaveValue(/^12,000/);
  await expect(page.getByLabel("Customer name")).toHaveCount(0);
  await expectAccessible(page);
  await page.locator("[name=value]").fill("");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await expect(page.getByRole("alert")).toContainText(/expected value/i);
  await ready(page);
  await page.locator("[name=value]").fill("15,000");
  const files = page.getByRole("status").filter({ hasText: "These answers need files" });
  await expect(files).toHaveCount(0);
  await page.getByLabel(NEED).fill("Backups");
  await expect(files.getByRole("listitem")).toHaveText("Project plan");
  await expect(files.getByRole("link")).toHaveAttribute("href", `${deal}#messages`);
  await page.getByLabel("What the company should know").fill("They want more");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await expect(page).toHaveURL(new RegExp(`${id}$`));

  for (const side of [page, admin]) {
    const history = side.locator("[data-part=timeline]");
    await expect(history).toContainText("changed 2 answers");
    await expect(history).toContainText(/Expected value: EUR\s12,000\S* before, now EUR\s15,000/);
    await expect(history).toContainText(`${NEED}: not answered before, now Backups`);
    await expect(history).toContainText("They want more");
  }
  const other = await newBrowser();
  await other.context().addCookies(await page.context().cookies());
  const board = await new Board(other).open(`/p/${w.membership}/deals`);
  await expect(board.column("Qualified")).toContainText("15,000");

  // Both have it open; who saves later reads what is there by now.
  await openForm(page, deal);
  await openForm(other, deal);
  await other.getByLabel(NEED).fill("Archives");
  await other.getByRole("button", { name: "Save the changes" }).click();
  await expect(other).toHaveURL(new RegExp(`${id}$`));
  await page.getByLabel(NEED).fill("Vaults");
  await page.getByRole("button", { name: "Save the changes" }).click();
  const refused = page.getByRole("alert").filter({ hasText: "The answers were not changed" });
  await expect(refused).toContainText(`${NEED}: the deal has Archives`);
  await expect(page.getByLabel(NEED)).toHaveValue("Vaults");
  await expectAccessible(page);
  // Whoever saves again has seen it.
  await ready(page);
  await page.getByRole("button", { name: "Save the changes" }).click();
  await expect(page).toHaveURL(new RegExp(`${id}$`));
});
