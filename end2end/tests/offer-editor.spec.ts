import { confirmedWin, newTier } from "../support/money.ts";
import { expect, ready, test } from "../support/test.ts";
import { signIn, world } from "../support/world.ts";

test("while one types, the sentence and an example follow; a version is published, never changed", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  await newTier(w, "Gold");
  const page = w.admin;
  await page.goto(`/c/${w.program}/offers`);
  await expect(page.getByText("No offer yet")).toBeVisible();
  await page.getByRole("link", { name: "New offer" }).click();
  await page.locator("form[data-ready]").waitFor();
  const [sentence, example] = [page.locator("[data-part=sentence]"), page.locator("[data-part=example]")];
  await expect(page.locator("[data-part=preview]")).toContainText("Fill in how much");
  await page.locator("#percent").fill("12.5");
  await expect(sentence).toHaveText("You earn 12.5% of the value of each deal that you win.");
  await expect(example).toContainText("EUR 1,250.00");
  await page.getByLabel("Cap per deal").fill("1,000");
  await expect(sentence).toContainText("up to EUR 1,000 per deal");
  await expect(example).toContainText("Cap of EUR 1,000 per deal");
  await page.getByLabel("Gold").check();
  await expect(page.locator("[data-part=preview]")).toContainText("Gold partners");

  await page.getByRole("radio", { name: "Percentages in steps" }).check();
  await expect(page.locator("#percent")).toBeHidden();
  await page.getByLabel("Percentage, step 1").fill("5");
  await page.getByLabel("Above, step 2").fill("10,000");
  await page.getByLabel("Percentage, step 2").fill("10");
  await page.getByRole("button", { name: "Add a step" }).click();
  await page.getByLabel("Above, step 3").fill("9,000");
  await page.getByLabel("Percentage, step 3").fill("20");
  await page.getByRole("button", { name: "Publish the offer" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeFocused();
  await expect(page.locator("[id='steps.2.above-error']")).toContainText("more than the threshold above it");
  await summary.getByRole("link", { name: /Enter the offer/ }).click();
  await expect(page.locator("#name")).toBeFocused();
  await page.locator("#name").fill("Referral fee");
  await page.getByRole("button", { name: "Take step 3 away" }).click();
  await page.getByRole("button", { name: "Publish the offer" }).click();

  const card = page.getByRole("article", { name: "Referral fee" });
  await expect(card).toContainText("In force");
  await expect(card).toContainText("Gold partners");
  await card.getByText("Worked example").click();
  await expect(card).toContainText("10% of EUR 10,000.00");
});

test("a new version shows what changes, and leaves what was earned as it is", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const page = w.admin;
  await page.goto(`/c/${w.program}/offers/new`);
  await page.locator("form[data-ready]").waitFor();
  await page.locator("#name").fill("Referral fee");
  await page.locator("#percent").fill("10");
  await page.getByRole("button", { name: "Publish the offer" }).click();
  const card = page.getByRole("article", { name: "Referral fee" });
  await expect(card).toContainText("No commission yet");
  await confirmedWin(w, "Tern Labs");

  await page.reload();
  await expect(card).toContainText("1 commission");
  await card.getByRole("link", { name: "New version" }).click();
  await page.locator("form[data-ready]").waitFor();
  const changes = page.locator("[data-part=changes]");
  await expect(changes).toContainText("Nothing yet");
  await expect(changes).toContainText("The commission that earlier versions made stays as it is.");
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Change something" })).toBeFocused();
  await page.locator("#percent").fill("20");
  await expect(changes).toContainText(/Rate\s*10%\s*20%/);
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByText("Version 2 is published")).toBeVisible();
  await card.getByText("2 versions").click();
  await expect(card.getByRole("listitem").filter({ hasText: "Version 2" })).toContainText(w.adminPerson.name);

  await page.goto(`/c/${w.program}/commissions`);
  await expect(page.locator(".statement__line")).toContainText("EUR 1,200.00");
  await expect(page.locator(".statement__more")).toContainText("Referral fee, version 1");

  await page.goto(`/c/${w.program}/offers`);
  await ready(page);
  await card.getByRole("button", { name: "End Referral fee", exact: true }).click();
  await card.getByRole("button", { name: "Yes: End Referral fee" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Ended" })).toBeVisible();
  await expect(card.getByRole("link", { name: "New version" })).toHaveCount(0);
});

test("an offer is written, looked at and published without JavaScript, and nothing typed is lost", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  const page = await newBrowser({ javaScriptEnabled: false });
  await signIn(page, w.adminPerson);
  await page.goto(`/c/${w.program}/offers/new`);
  await page.locator("#percent").fill("8");
  await page.getByRole("button", { name: "Publish the offer" }).click();
  await expect(page.locator("#name-error")).toContainText("Enter the offer");
  await expect(page.getByRole("alert")).toContainText("Enter the offer");
  await expect(page.locator("#percent")).toHaveValue("8");
  await page.locator("#name").fill("Plain & simple");
  await page.getByRole("button", { name: "Show the example" }).click();
  await expect(page.locator("[data-part=example]")).toContainText("8% of EUR 10,000.00");
  await expect(page.locator("#name")).toHaveValue("Plain & simple");
  await page.getByRole("button", { name: "Publish the offer" }).click();
  await expect(page).toHaveURL(/\/offers$/);
  await expect(page.getByRole("article", { name: "Plain & simple" })).toContainText("You earn 8%");
});
