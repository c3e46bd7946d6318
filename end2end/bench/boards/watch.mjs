// What runs in the pages that are measured, before anything of their own.

/** Notes the largest paint, how long interactions take, when a press ends, and the memory of WebAssembly. */
export function watch() {
  const seen = { lcp: 0, interactions: {}, up: 0, memories: new Set(), frames: undefined };
  globalThis.bench = seen;
  const observe = (options, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ buffered: true, ...options });
  observe({ type: "largest-contentful-paint" }, (entry) => (seen.lcp = entry.startTime));
  observe({ type: "event", durationThreshold: 16 }, ({ interactionId, duration }) => {
    if (interactionId) {
      seen.interactions[interactionId] = Math.max(seen.interactions[interactionId] ?? 0, duration);
    }
  });
  addEventListener("pointerup", () => (seen.up = performance.now()), { capture: true });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await real.apply(WebAssembly, given);
      for (const value of Object.values((made.instance ?? made).exports ?? {})) {
        if (value instanceof WebAssembly.Memory) {
          seen.memories.add(value);
        }
      }
      return made;
    };
  }
}

/** A place on the first card of a column that is for nothing but dragging. */
export function placeOf(stage) {
  const card = document.querySelector(`[data-stage="${stage}"] [data-deal] .deal-card`);
  const meta = card?.querySelector(".deal-card__meta");
  if (!card || !meta) {
    return null;
  }
  const [rect, line] = [card.getBoundingClientRect(), meta.getBoundingClientRect()];
  const id = card.closest("[data-deal]").dataset.deal;
  return { id, x: rect.left + rect.width / 2, y: line.top + line.height / 2 };
}

/** Where a card lands that is dropped at the top of a column. */
export function targetOf(stage) {
  const column = document.querySelector(`[data-stage="${stage}"]`);
  const rect = column.getBoundingClientRect();
  const head = column.querySelector(".board__head").getBoundingClientRect();
  return { x: rect.left + rect.width / 2, y: head.bottom + 40, bottom: Math.min(rect.bottom, innerHeight) - 12 };
}

export const isHeld = () => document.querySelector("[data-held], .deal-card[data-lifted]") !== null;

/** Whether what is held lies in the column already, where a board shows it there before it is let go. */
export const isOver = (stage) => document.querySelector(`[data-stage="${stage}"] [data-held]`) !== null;

/** When the card lies in the column and nobody holds anything: on this page's clock, and on everybody's. */
export function landed({ id, stage }) {
  const there = () =>
    document.querySelector(`[data-stage="${stage}"] [data-deal="${id}"]`) !== null &&
    document.querySelector("[data-held], .deal-card[data-lifted]") === null;
  return new Promise((done) => {
    const look = () => {
      if (!there()) {
        return false;
      }
      watcher.disconnect();
      const now = performance.now();
      done({ now, absolute: performance.timeOrigin + now });
      return true;
    };
    const watcher = new MutationObserver(look);
    if (!look()) {
      watcher.observe(document.body, { subtree: true, childList: true, attributes: true });
    }
  });
}

export const nextFrame = () => new Promise((done) => requestAnimationFrame(() => done()));

export function countFrames() {
  const frames = [];
  globalThis.bench.frames = frames;
  let before = performance.now();
  const frame = (now) => {
    if (globalThis.bench.frames === frames) {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    }
  };
  requestAnimationFrame(frame);
}

export function endFrames() {
  const { frames } = globalThis.bench;
  globalThis.bench.frames = undefined;
  // The first one is not a whole frame.
  return frames.slice(1);
}

/** What the page knows of itself. */
export function sizes() {
  const wasm = [...globalThis.bench.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  return { lcp: globalThis.bench.lcp, nodes: document.querySelectorAll("*").length, wasm };
}

export const interactions = () => Object.values(globalThis.bench.interactions);

/** From the last press's end until the server had answered its move, and when that press ended for everybody. */
export async function acknowledged() {
  const { up } = globalThis.bench;
  for (;;) {
    const moves = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/api/move_partner_deal"));
    const last = moves.at(-1)?.responseEnd ?? 0;
    if (last > up) {
      return { took: last - up, up: performance.timeOrigin + up };
    }
    // The entry comes a little after the answer.
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** Every column at its top, and the board at its start. */
export function toTop() {
  for (const part of document.querySelectorAll(".board, [data-stage] *")) {
    if (part.scrollTop > 0 || part.scrollLeft > 0) {
      part.scrollTo(0, 0);
    }
  }
}
