// What people read of a run.
import { TITLES } from "./contenders.mjs";

const COLUMNS = [
  ["open to drag, ms", "open_to_drag_ms"],
  ["LCP, ms", "lcp_ms"],
  ["nodes", "dom_nodes"],
  ["kB", "compressed_bytes", (bytes) => (bytes / 1000).toFixed(0)],
  ["JS, MB", "js_heap_mb"],
  ["wasm, MB", "wasm_mb"],
  ["frame p50, ms", "frame_p50_ms"],
  ["frame p99, ms", "frame_p99_ms"],
  ["main thread a frame, ms", "main_ms_per_frame"],
  ["INP, ms", "inp_ms"],
  ["durable p50, ms", "durable_p50_ms"],
  ["durable p99, ms", "durable_p99_ms"],
  ["second browser p50, ms", "second_p50_ms"],
  ["second browser p99, ms", "second_p99_ms"],
];

const row = (cells) => `| ${cells.join(" | ")} |\n`;

/** One table of one size at one speed. */
export function table(cards, throttle, boards) {
  let text = `\n${cards.toLocaleString("en")} cards, CPU at 1/${throttle}\n\n`;
  text += row(["", ...COLUMNS.map(([title]) => title)]);
  text += row(["---", ...COLUMNS.map(() => "---:")]);
  for (const [name, known] of Object.entries(boards)) {
    const cell = ([, key, write = String]) => (known[key] === undefined ? "-" : write(known[key]));
    text += row([TITLES[name], ...COLUMNS.map(cell)]);
    if (known.failed !== undefined) {
      text += row([`${TITLES[name]}: ${known.failed}`, ...COLUMNS.map(() => "")]);
    }
  }
  return text;
}

const COMPARED = ["open_to_drag_ms", "main_ms_per_frame", "frame_p99_ms", "durable_p50_ms", "second_p99_ms"];

/** What ours costs, as a multiple of what each of the others does. */
export function ratios(boards, ours) {
  const others = Object.entries(boards).filter(([name]) => name !== ours);
  const ratio = (other, key) => {
    const [one, two] = [boards[ours]?.[key], other[key]];
    return one > 0 && two > 0 ? Math.round((100 * one) / two) / 100 : null;
  };
  return Object.fromEntries(
    others.map(([name, other]) => [name, Object.fromEntries(COMPARED.map((key) => [key, ratio(other, key)]))]),
  );
}
