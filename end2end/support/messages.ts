import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** Writes a message or a note past the form, at the address of the thread's page. */
export async function said(page: Page, path: string, text: string, kind: "message" | "note" = "message"): Promise<void> {
  const status = await page.evaluate(
    async ([path, pairs]) => {
      const response = await fetch(path, { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(pairs) });
      return response.status;
    },
    [path, { kind, key: `said-${kind}`, text }] as const,
  );
  expect(status, text).toBe(201);
}
