import { type Locator, type Page, expect } from "@playwright/test";

/** Opens the form editor and waits until it is awake. */
export async function openEditor(page: Page, program: string): Promise<void> {
  await page.goto(`/c/${program}/form`);
  await page.locator('[data-part="form-editor"][data-ready]').waitFor();
}

/** Adds a field of that kind and names it. */
export async function addField(page: Page, kind: string, label: string): Promise<void> {
  await page.getByRole("region", { name: "Add a field" }).getByRole("button", { name: kind }).click();
  const name = page.getByLabel("Label", { exact: true });
  await expect(name).toBeFocused();
  await name.fill(label);
  await name.press("Tab");
}

export const preview = (page: Page): Locator => page.getByRole("region", { name: "What partners see" });

export const saved = (page: Page): Promise<void> => expect(page.getByText("Saved by You")).toBeVisible();
