import type { Page } from "@playwright/test";
import { callJson, done } from "./world.ts";

/** A field as a form's definition holds it. */
export interface Field {
  key: string;
  kind: unknown;
  label: string;
  required?: unknown;
  visible_when?: unknown;
  default?: string[];
  traits?: unknown;
  option_rules?: unknown;
  defaults?: unknown;
}

interface Draft {
  draft: { fields: Field[] };
  version: number;
}

/** Publishes what `change` makes of the program's form, as its editor does. */
export async function publishForm(admin: Page, program: string, change: (fields: Field[]) => Field[]): Promise<void> {
  const { draft, version } = (await done(callJson(admin, "form_editor", { program }))) as Draft;
  const command = { definition: { fields: change(draft.fields) }, version };
  const kept = (await done(callJson(admin, "keep_form_draft", { program, command }))) as { version: number };
  await done(callJson(admin, "publish_draft", { program, command: { version: kept.version } }));
}
