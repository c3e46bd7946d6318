import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { type World, world } from "../support/world.ts";

const number = (place: number): string => String(place).padStart(4, "0");
const option = (place: number): unknown => ({
  value: `m${number(place)}`,
  label: place === 4_321 ? "M\u00fcller Pr\u00e4zision" : `Model ${number(place)}`,
});

const FIELDS: Field[] = [
  {
    key: "model",
    label: "Model",
    required: "always",
    kind: { select: { options: Array.from({ length: 5_000 }, (_, place) => option(place)) } },
  },
  {
    key: "parts",
    label: "Spare parts",
    kind: { multi_select: { options: Array.from({ length: 60 }, (_, place) => option(place)) } },
  },
];

async function withLists(it: World): Promise<void> {
  await publishForm(it.admin, it.program, (fields) => [...fields, ...FIELDS]);
}

const model = (page: Page): ReturnType<Page["getByRole"]> =>
  page.getByRole("combobox", { name: "Model", exact: true });
const parts = (page: Page): ReturnType<Page["getByRole"]> => page.getByRole("combobox", { name: "Spare parts" });
const status = (page: Page, text: string): ReturnType<Page["getByRole"]> =>
  page.getByRole("status").filter({ hasText: text });

test("5,000 options are searched by keyboard alone, and few of them are ever in the page", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  await withLists(it);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Long List Ltd");

  // What is missing leads to the input.
  await submitButton(page).click();
  await page.getByRole("alert", { name: "There is a problem" }).getByRole("link", { name: "Select model" }).click();
  await expect(model(page)).toBeFocused();

  await page.keyboard.press("ArrowDown");
  await expect(model(page)).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator("#model-list [role=option]").first()).toHaveText("Model 0000");
  expect(await page.locator("#model-list [role=option]").count()).toBeLessThan(60);

  // To the end and back: the active one is drawn and in sight.
  await page.keyboard.press("End");
  const last = page.locator("#model-list-4999");
  await expect(last).toHaveAttribute("data-active", "");
  await expect(last).toBeInViewport();
  await expect(model(page)).toHaveAttribute("aria-activedescendant", "model-list-4999");
  await expect(last).toHaveAttribute("aria-setsize", "5000");
  expect(await page.locator("#model-list [role=option]").count()).toBeLessThan(60);
  await page.keyboard.press("Home");
  await expect(page.locator("#model-list-0")).toBeInViewport();

  // Esc closes, and changes nothing.
  await page.keyboard.press("Escape");
  await expect(model(page)).toHaveAttribute("aria-expanded", "false");
  await expect(model(page)).toHaveValue("");

  // Found without its accents, taken by Enter, which does not send the form.
  await page.keyboard.type("muller praz");
  await expect(status(page, "No options")).toBeAttached();
  await model(page).fill("");
  await page.keyboard.type("mueller");
  await expect(status(page, "1 option")).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(model(page)).toHaveValue("M\u00fcller Pr\u00e4zision");
  await expect(status(page, "M\u00fcller Pr\u00e4zision chosen")).toBeAttached();
  await expect(page.locator("#model-error")).toHaveCount(0);

  // Esc on the closed list clears; a name that is typed whole is taken on leaving.
  await page.keyboard.press("Escape");
  await expect(model(page)).toHaveValue("");
  await page.keyboard.type("model 0042");
  await page.keyboard.press("Tab");
  await expect(model(page)).toHaveValue("Model 0042");

  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]")).toContainText("Model 0042");
});

test("several are chosen, shown as chips, and taken out again by keyboard and press", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  await withLists(it);
  const page = it.partner;
  await openPage(page, it.membership);
  await fill(page, "Chips Ltd");
  await parts(page).focus();
  for (const text of ["0007", "0011", "0012"]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: `Remove Model ${text}` })).toBeVisible();
    await expect(parts(page)).toHaveValue("");
  }
  await page.keyboard.press("Backspace");
  await expect(status(page, "Model 0012 removed")).toBeAttached();
  await expect(page.getByRole("button", { name: "Remove Model 0012" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove Model 0007" }).click();
  await expect(parts(page)).toBeFocused();
  await expect(page.getByRole("button", { name: "Remove Model 0007" })).toHaveCount(0);

  // By a press, which leaves the list open; the list is accessible while it is.
  await parts(page).click();
  await page.locator("#parts-list").getByRole("option", { name: "Model 0002" }).click();
  await expect(page.getByRole("button", { name: "Remove Model 0002" })).toBeVisible();
  await expect(page.locator("#parts-list-2")).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  // A draft brings them back.
  await expect(page.locator("[data-part=save-state]")).toContainText(/Saved \d\d:\d\d/);
  await page.reload();
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(page.getByRole("button", { name: "Remove Model 0011" })).toBeVisible();

  await model(page).fill("0001");
  await page.keyboard.press("Enter");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]")).toContainText("Model 0002, Model 0011");
});

test("on a phone a long list is searched and nothing scrolls sideways", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await withLists(it);
  const page = await newBrowser({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    storageState: await it.partner.context().storageState(),
  });
  await openPage(page, it.membership);
  await model(page).tap();
  await model(page).fill("4999");
  const found = page.locator("#model-list").getByRole("option", { name: "Model 4999" });
  await expect(found).toBeVisible();
  const box = await found.boundingBox();
  expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
  await expectAccessible(page);
  await found.tap();
  await expect(model(page)).toHaveValue("Model 4999");
  await page.getByRole("button", { name: "Clear model" }).tap();
  await expect(model(page)).toHaveValue("");
});

test("without JavaScript the list is the browser's own", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await withLists(it);
  const page = await newBrowser({
    javaScriptEnabled: false,
    storageState: await it.partner.context().storageState(),
  });
  await page.goto(`/p/${it.membership}/deals/new`);
  await fill(page, "Native List Ltd");
  await page.locator("select[name=model]").selectOption("Model 4998");
  await page.locator("select[name=parts]").selectOption(["Model 0001", "Model 0059"]);
  await expect(model(page)).toHaveValue("m4998");
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  const answers = page.locator("[data-part=answers]");
  await expect(answers).toContainText("Model 4998");
  await expect(answers).toContainText("Model 0001, Model 0059");
});
