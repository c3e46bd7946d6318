import type { Page } from "@playwright/test";
import { registered } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

function title(page: Page, customer: string) {
  return page.getByRole("heading", { level: 2, name: customer });
}

function reason(page: Page) {
  return page.getByLabel("Text for the partner");
}

test("a decision leads on to the next case, and the last one to an empty desk", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const first = await registered(w, "First Ltd");
  const second = await registered(w, "Second Ltd");
  const page = w.admin;
  await page.clock.install();
  await page.goto(`/c/${w.program}/review`);
  await page.locator("form[data-ready]").waitFor();
  await expect(title(page, "First Ltd")).toBeVisible();

  await page.getByRole("radio", { name: "Decline" }).check();
  await reason(page).fill("We do not sell there.");
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(title(page, "Second Ltd")).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`deal=${second}$`));
  // Nothing of the first case stands in the second one's form.
  await expect(reason(page)).toHaveValue("");
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(page.locator(`.desk__item[href$="${first}"]`)).toContainText(/Sending in \d s/);
  await expect(page.getByRole("status").filter({ hasText: "1 waits" })).toBeVisible();

  // Undo opens the first case again, as it was.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(title(page, "First Ltd")).toBeFocused();
  await expect(reason(page)).toHaveValue("We do not sell there.");
  await expect(page.getByRole("radio", { name: "Decline" })).toBeChecked();
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(title(page, "Second Ltd")).toBeFocused();

  await page.getByRole("radio", { name: "Approve" }).check();
  await page.getByRole("button", { name: "Approve" }).click();
  // The one before went out at once; the last one still waits.
  await expect(page.getByText("Nothing else waits for a decision.")).toBeVisible();
  await expect(page.locator(`.desk__item[href$="${first}"]`)).toHaveCount(0);
  await expect(page.locator(`.desk__item[href$="${second}"]`)).toContainText(/Sending in \d s/);
  await page.clock.fastForward(9_000);
  await expect(page.getByText("Nothing waits for a decision. New registrations appear here by themselves.")).toBeVisible();
  await expect(page.locator(".desk__item")).toHaveCount(0);
});

test("what happens while a case is being opened does not keep it from being opened", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const first = await registered(w, "Early Ltd");
  const second = await registered(w, "Late Ltd");
  const page = w.admin;
  await page.goto(`/c/${w.program}/review?deal=${first}`);
  await page.locator("form[data-ready]").waitFor();
  await page.locator("[data-live=up]").waitFor({ state: "attached" });
  // The answer that opens the second case is on its way while a third deal is registered.
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let opening = () => {};
  const opened = new Promise<void>((resolve) => (opening = resolve));
  await page.route("**/api/load_desk", async (route) => {
    const names = route.request().postData()?.includes(second) ?? false;
    if (names) {
      opening();
      await released;
    }
    await route.continue();
  });
  await page.locator(`.desk__item[href$="${second}"]`).click();
  await opened;
  const news = page.waitForRequest("**/api/load_desk");
  await registered(w, "Third Ltd");
  await news;
  release();
  await expect(title(page, "Late Ltd")).toBeVisible();
  await expect(page.locator(".desk__item")).toHaveCount(3);
});

test("a case whose decision is on its way offers no second one", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const first = await registered(w, "Once Ltd");
  await registered(w, "Another Ltd");
  const page = w.admin;
  await page.clock.install();
  await page.goto(`/c/${w.program}/review?deal=${first}`);
  await page.locator("form[data-ready]").waitFor();
  await page.getByRole("radio", { name: "Approve" }).check();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(title(page, "Another Ltd")).toBeFocused();
  await page.locator(`.desk__item[href$="${first}"]`).click();
  await expect(title(page, "Once Ltd")).toBeFocused();
  await expect(page.getByText("Your decision is on its way")).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
  await page.keyboard.press("d");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("radio", { name: "Approve" })).toBeChecked();
});

test("what is missing in a decision is said at its field and in the summary", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await registered(w, "Wordless Ltd");
  const page = w.admin;
  await page.goto(`/c/${w.program}/review?deal=${deal}`);
  await page.locator("form[data-ready]").waitFor();
  const summary = page.getByRole("alert");

  await page.getByRole("button", { name: "Send decision" }).click();
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: "Choose a verdict" }).click();
  await expect(page.getByRole("radio", { name: "Approve" })).toBeFocused();
  await expect(page.getByRole("group", { name: "Your decision" })).toHaveAccessibleDescription(/Choose a verdict/);

  for (const verdict of ["Ask for info", "Decline", "Ineligible"]) {
    await page.getByRole("radio", { name: verdict }).check();
    await page.getByRole("button", { name: verdict }).click();
    await expect(summary).toBeFocused();
    await summary.getByRole("link", { name: /Enter a reason/ }).click();
    await expect(reason(page)).toBeFocused();
    await expect(reason(page)).toHaveAttribute("aria-invalid", "true");
    await expect(reason(page)).toHaveAccessibleDescription(/Enter a reason/);
  }
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("without wasm a missing reason is said at the field too", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const deal = await registered(w, "Plain Ltd");
  const plain = await newBrowser({ javaScriptEnabled: false, storageState: await w.admin.context().storageState() });
  await plain.goto(`/c/${w.program}/review?deal=${deal}`);
  await plain.getByRole("radio", { name: "Decline" }).check();
  await plain.getByRole("button", { name: "Send decision" }).click();
  await expect(plain).toHaveURL(new RegExp(`deal=${deal}$`));
  await expect(plain.getByRole("alert").getByRole("link", { name: /Enter a reason/ })).toBeVisible();
  await expect(reason(plain)).toHaveAccessibleDescription(/Enter a reason/);
});
