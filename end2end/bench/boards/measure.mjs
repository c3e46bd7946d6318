// One board in one browser: opened cold, dragged, dropped, and looked at from a second browser.
import { brotliCompressSync } from "node:zlib";
import { FLOOR, OURS, addressOf, serve } from "./contenders.mjs";
import * as inPage from "./watch.mjs";

const LOADS = 3;
/** Moves whose acknowledgement is timed. */
const MOVES = 20;
/** Steps of the long drag, each at least a frame. */
const STEPS = 180;
/** Frames that a board is given to see where a card is. */
const FRAMES = 2;
/** Who takes longer is not measured further. */
const LIMIT_MS = 180_000;

const sorted = (numbers) => numbers.toSorted((one, other) => one - other);
const at = (numbers, share) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
const rounded = (number) => Math.round(number * 100) / 100;

function within(work, what) {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`${what} took more than ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A page of a fresh browser, signed in, with nothing in its cache. */
async function fresh({ browser, base, scripts, markup, cards, throttle, state }) {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(LIMIT_MS);
  await serve(context, scripts, markup, cards);
  const page = await context.newPage();
  cards.follow(page);
  await page.addInitScript(inPage.watch);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  await cdp.send("Performance.enable");
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  return { context, page, cdp, base };
}

const listOf = (page, stage) => page.locator(`[data-stage="${stage}"] [data-deal] .deal-card`).first();

/** Presses the column's first card until it comes along: a page that is not awake yet lets it lie. */
async function take(page, stage) {
  const end = Date.now() + LIMIT_MS;
  await listOf(page, stage).waitFor();
  while (Date.now() < end) {
    const from = await page.evaluate(inPage.placeOf, stage);
    if (from !== null) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 10, from.y + 6, { steps: 3 });
      await page.evaluate(inPage.nextFrame);
      if (await page.evaluate(inPage.isHeld)) {
        return from;
      }
      await page.mouse.up();
    }
    await page.evaluate(inPage.nextFrame);
  }
  throw new Error("no card could be dragged");
}

/** Drops what is held at the top of a column. */
async function drop(page, name, stage) {
  const to = await page.evaluate(inPage.targetOf, stage);
  await page.mouse.move(to.x, to.y, { steps: 6 });
  for (let frame = 0; frame < FRAMES; frame += 1) {
    await page.evaluate(inPage.nextFrame);
  }
  // SortableJS looks every 50 ms where a card is, and not at cards that still glide: it is dropped once it came over.
  for (let turn = 1; name === "sortable" && !(await page.evaluate(inPage.isOver, stage)); turn += 1) {
    await page.mouse.move(to.x + (turn % 2), to.y);
    await page.evaluate(inPage.nextFrame);
  }
  await page.mouse.up();
}

async function dragOnce(page, name, from, to) {
  const { id } = await take(page, from);
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/move_partner_deal"));
  // Awaited below; until then a failure is another's to tell.
  answered.catch(() => {});
  await drop(page, name, to);
  const where = await page.evaluate(inPage.landed, { id, stage: to });
  const answer = await answered;
  if (!answer.ok()) {
    throw new Error(`a move was answered by ${answer.status()}`);
  }
  return { id, where };
}

/** Opens the board and drags as soon as that is possible. */
async function openAndDrag(setup, name, [first, second]) {
  const { context, page } = await fresh(setup);
  try {
    await page.goto(addressOf(name, setup.base, setup.path), { waitUntil: "commit" });
    const { where } = await within(dragOnce(page, name, first, second), "opening and dragging");
    return where.now;
  } finally {
    await context.close();
  }
}

/** Opens the board and lets it be: what it painted, fetched and holds. */
async function openAndWeigh(setup, name, stage) {
  const { context, page, cdp } = await fresh(setup);
  try {
    const bodies = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (pathname !== "/live" && response.ok()) {
        bodies.push(response.body().catch(() => Buffer.alloc(0)));
      }
    });
    await page.goto(addressOf(name, setup.base, setup.path), { waitUntil: "load" });
    await within(listOf(page, stage).waitFor(), "opening");
    if (name === OURS) {
      await page.locator(".board[data-ready]").waitFor();
    }
    for (let frame = 0; frame < 30; frame += 1) {
      await page.evaluate(inPage.nextFrame);
    }
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    const { lcp, nodes, wasm } = await page.evaluate(inPage.sizes);
    const bytes = (await Promise.all(bodies)).map((body) => brotliCompressSync(body).length);
    return {
      lcp_ms: rounded(lcp),
      dom_nodes: nodes,
      compressed_bytes: bytes.reduce((sum, one) => sum + one, 0),
      js_heap_mb: rounded(usedSize / 1e6),
      wasm_mb: rounded(wasm / 1e6),
    };
  } finally {
    await context.close();
  }
}

async function metrics(cdp) {
  const { metrics: all } = await cdp.send("Performance.getMetrics");
  const of = (name) => all.find((one) => one.name === name).value * 1000;
  return { all: of("TaskDuration"), script: of("ScriptDuration"), layout: of("LayoutDuration") + of("RecalcStyleDuration") };
}

/** A card over three columns and back, down to their edges, where they scroll; then it is let go where it came from. */
async function longDrag(page, cdp, stages) {
  await take(page, stages[0]);
  const places = [];
  for (const stage of stages) {
    places.push(await page.evaluate(inPage.targetOf, stage));
  }
  await page.evaluate(inPage.countFrames);
  const before = await metrics(cdp);
  for (let step = 0; step < STEPS; step += 1) {
    // There and back over the columns, and within each down to the edge and up again.
    const along = 2 - Math.abs(2 - (4 * step) / STEPS);
    const [left, right] = [places[Math.floor(along)], places[Math.min(2, Math.floor(along) + 1)]];
    const x = left.x + (right.x - left.x) * (along - Math.floor(along));
    const y = left.y + (left.bottom - left.y) * (0.5 - 0.5 * Math.cos((step / STEPS) * Math.PI * 6));
    await page.mouse.move(x, y);
    await page.evaluate(inPage.nextFrame);
  }
  const after = await metrics(cdp);
  const frames = await page.evaluate(inPage.endFrames);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  const each = (name) => rounded((after[name] - before[name]) / frames.length);
  return {
    frames: frames.length,
    frame_p50_ms: rounded(at(frames, 0.5)),
    frame_p99_ms: rounded(at(frames, 0.99)),
    main_ms_per_frame: each("all"),
    script_ms_per_frame: each("script"),
    layout_ms_per_frame: each("layout"),
  };
}

/** Moves to and fro, each timed until it is durable and, where somebody looks on, until they see it. */
async function movesOf(page, onlooker, name, [first, second]) {
  const [took, shown] = [[], []];
  for (let turn = 0; turn < MOVES; turn += 1) {
    const [from, to] = turn % 2 === 0 ? [first, second] : [second, first];
    const { id } = await page.evaluate(inPage.placeOf, from);
    const seen = onlooker?.evaluate(inPage.landed, { id, stage: to });
    // Awaited below; until then a failure is another's to tell.
    seen?.catch(() => {});
    await dragOnce(page, name, from, to);
    const { took: one, up } = await page.evaluate(inPage.acknowledged);
    took.push(one);
    if (seen !== undefined) {
      shown.push((await within(seen, "a second browser")).absolute - up);
    }
  }
  const ends = (name, numbers) =>
    numbers.length === 0
      ? {}
      : { [`${name}_p50_ms`]: rounded(at(numbers, 0.5)), [`${name}_p99_ms`]: rounded(at(numbers, 0.99)) };
  return { ...ends("durable", took), ...ends("second", shown) };
}

/** Opens the board twice and works on one of them. */
async function work(setup, name, stages) {
  const { context, page, cdp } = await fresh(setup);
  // Only boards that hear of the others' moves have anybody to show them to.
  const live = name === OURS || name === FLOOR;
  const second = live ? await fresh({ ...setup, throttle: 1 }) : undefined;
  try {
    for (const one of [page, second?.page]) {
      await one?.goto(addressOf(name, setup.base, setup.path));
      await one?.locator(name === OURS ? ".board[data-ready]" : `[data-stage="${stages[0]}"] [data-deal]`).first().waitFor();
    }
    const drag = await within(longDrag(page, cdp, stages), "dragging");
    // What was let go may still be on its way back.
    await page.waitForFunction(() => document.querySelector("[data-held], .deal-card[data-lifted]") === null);
    for (const one of [page, second?.page]) {
      await one?.evaluate(inPage.toTop);
      await one?.evaluate(inPage.nextFrame);
    }
    const moves = await within(movesOf(page, second?.page, name, stages), "moving");
    const all = await page.evaluate(inPage.interactions);
    return { ...drag, ...moves, inp_ms: all.length === 0 ? 0 : rounded(Math.max(...all)) };
  } finally {
    await second?.context.close();
    await context.close();
  }
}

/** All that is known of one board at one speed; what went wrong, if anything did. */
export async function measure(setup, name, stages) {
  const known = {};
  try {
    const opened = [];
    for (let load = 0; load < (setup.quick ? 1 : LOADS); load += 1) {
      opened.push(await openAndDrag(setup, name, load % 2 === 0 ? stages : [stages[1], stages[0]]));
    }
    known.open_to_drag_ms = rounded(at(opened, 0.5));
    Object.assign(known, await openAndWeigh(setup, name, stages[0]));
    Object.assign(known, await work(setup, name, stages));
  } catch (error) {
    known.failed = error.message.split("\n")[0];
  }
  return known;
}
