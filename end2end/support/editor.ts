import { type Locator, type Page, expect } from "@playwright/test";

/** Opens the form editor and waits until it is awake. */
export async function openEditor(page: Page, program: string): Promise<void> {
  await page.goto(`/c/${program}/form`);
  await page.locator('[data-part="form-editor"][data-ready]').waitFor();
}

/** Adds a field of that kind and names it. */
export async function addField(page: Page, kind: string, label: string): Promise<void> {
  // On a phone one pane is shown at a time.
  const pane = page.getByRole("group", { name: "Panes" }).getByRole("button", { name: "Add a field" });
  if (await pane.isVisible()) {
    await pane.click();
  }
  const palette = page.getByRole("region", { name: "Add a field" });
  await palette.getByRole("button", { name: kind, exact: true }).click();
  const name = page.getByLabel("Label", { exact: true });
  await expect(name).toBeFocused();
  await name.fill(label);
  await name.press("Tab");
}

/** The form as partners will see it. */
export const preview = (page: Page): ReturnType<Page["getByRole"]> =>
  page.getByRole("region", { name: "What partners see" });

export const saved = (page: Page): Promise<void> => expect(page.getByText("Saved by You")).toBeVisible();

/** Publishes the form that is on the page, as that version. */
export async function publish(page: Page, version: number): Promise<void> {
  await saved(page);
  await page.getByRole("button", { name: "Publish..." }).click();
  const dialog = page.getByRole("dialog", { name: `Publish version ${version}` });
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText(`Version ${version} is in use`)).toBeVisible();
}

/** The fields as they stand on the canvas. */
export const frames = (page: Page): Locator =>
  page.getByRole("region", { name: "Fields" }).getByRole("listitem");

/** The one of that label. */
export const frame = (page: Page, label: string): Locator =>
  frames(page).filter({ has: page.getByRole("button", { name: label, exact: true }) });

export const grip = (page: Page, label: string): Locator =>
  page.getByRole("button", { name: `Move ${label}`, exact: true });

/** Opens the field's menu and chooses. */
export async function fromMenu(page: Page, label: string, choice: string): Promise<void> {
  await page.getByRole("button", { name: `More for ${label}`, exact: true }).click();
  await page.locator(".menu__list:popover-open").getByRole("button", { name: choice, exact: true }).click();
}

/** The labels of the fields, from the first to the last. */
export const labels = (page: Page): Locator => frames(page).locator(".frame__choose");
