import { type World, call, callJson, done } from "./world.ts";

/** What the stage designer is given, as far as tests change it. */
export interface Stage {
  id: string;
  name: string;
  description?: string;
  wip_hint?: number | null;
  rules?: {
    moves_in?: "both" | "partner" | "company";
    moves_out?: "both" | "partner" | "company";
    fields?: string[];
    note?: boolean;
    file?: boolean;
  };
}

interface StagesView {
  pipeline: { stages: Stage[]; lost_reasons: unknown[] };
  version: number;
}

/** Changes one stage of the world's program as its designer does. */
export async function changeStage(world: World, name: string, change: Partial<Stage>): Promise<void> {
  const { program, admin } = world;
  const view = (await done(call(admin, "load_stages", { program }))) as StagesView;
  const stages = view.pipeline.stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage));
  const command = { pipeline: { ...view.pipeline, stages }, mappings: [], version: view.version };
  await done(callJson(admin, "replace_stages", { program, command }));
}

/** The id of the stage with that name. */
export async function stageId(world: World, name: string): Promise<string> {
  const view = (await done(call(world.admin, "load_stages", { program: world.program }))) as StagesView;
  return view.pipeline.stages.find((stage) => stage.name === name)?.id ?? "";
}
