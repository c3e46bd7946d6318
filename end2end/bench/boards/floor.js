// A windowed board in plain JavaScript, as small as one can be that does what ours does: the floor.
import { PITCH, board, headHtml, listen, loadMore, loadWindows, moveCard, slotHtml, stages } from "./shared.js";

const GAP = 8;
const MARGIN = 4;
const AHEAD = 25;
const FAR = 5;
const ZONE = 64;
const FASTEST = 18;

const columns = new Map();
let drag;

function item(className) {
  const space = document.createElement("li");
  space.className = className;
  return space;
}

function addColumn(stage) {
  const section = document.createElement("section");
  section.className = "board__column";
  section.dataset.stage = stage.id;
  section.innerHTML = `${headHtml(stage, 0)}<ol class="board__list"></ol>`;
  board.append(section);
  const list = section.querySelector(".board__list");
  const column = {
    stage,
    section,
    list,
    count: 0,
    cards: [],
    nodes: new Map(),
    start: 0,
    end: 0,
    fetching: false,
    before: item("board__space"),
    after: item("board__space"),
    gap: item("board__gap"),
  };
  column.gap.hidden = true;
  columns.set(stage.id, column);
  list.addEventListener("scroll", () => show(column, false), { passive: true });
}

function node(column, card) {
  const known = column.nodes.get(card.id);
  if (known !== undefined) {
    return known;
  }
  const template = document.createElement("template");
  template.innerHTML = slotHtml(card);
  return template.content.firstElementChild;
}

/** Lays out the cards that can be seen; `changed`: others than before, or in another order. */
function show(column, changed) {
  const { list, cards } = column;
  let end = Math.min(cards.length, Math.floor((list.scrollTop + list.clientHeight) / PITCH) + 1 + MARGIN);
  let start = Math.min(end, Math.max(0, Math.floor(list.scrollTop / PITCH) - MARGIN));
  if (drag?.from === column) {
    // The card in the hand stays in the page.
    start = Math.min(start, drag.index);
    end = Math.max(end, drag.index + 1);
  }
  if (!changed && start === column.start && end === column.end) {
    return;
  }
  Object.assign(column, { start, end });
  const shown = cards.slice(start, end);
  column.nodes = new Map(shown.map((card) => [card.id, node(column, card)]));
  const height = (count) => `${Math.max(0, count * PITCH - GAP)}px`;
  column.before.hidden = start === 0;
  column.before.style.blockSize = height(start);
  column.after.hidden = end === cards.length;
  column.after.style.blockSize = height(cards.length - end);
  list.replaceChildren(column.before, ...column.nodes.values(), column.after, column.gap);
  column.section.querySelector(".board__count").textContent = String(column.count);
  if (end + AHEAD >= cards.length && cards.length < column.count && !column.fetching) {
    void more(column);
  }
}

async function more(column) {
  column.fetching = true;
  const cards = await loadMore(column.stage.id, column.cards.at(-1));
  const known = new Set(column.cards.map((card) => card.id));
  column.cards.push(...cards.filter((card) => !known.has(card.id)));
  column.fetching = false;
  show(column, true);
}

async function load() {
  for (const { stage, count, cards } of await loadWindows()) {
    const column = columns.get(stage);
    if (column !== undefined) {
      // What was scrolled to stays loaded.
      const rest = column.cards.slice(cards.length);
      const fresh = new Set(cards.map((card) => card.id));
      column.cards = [...cards, ...rest.filter((card) => !fresh.has(card.id))].slice(0, count);
      column.count = count;
      column.nodes.clear();
      show(column, true);
    }
  }
}

function speed(at, start, end) {
  const near = (distance) => Math.min(1, Math.max(0, (ZONE - distance) / ZONE)) ** 2 * FASTEST;
  return near(end - at) - near(at - start);
}

function lift() {
  const rect = drag.card.getBoundingClientRect();
  drag.held = true;
  drag.grab = { x: drag.x - rect.left, y: drag.y - rect.top };
  drag.rect = rect;
  drag.card.style.setProperty("--lift-width", `${rect.width}px`);
  drag.card.style.setProperty("--lift-left", `${rect.left}px`);
  drag.card.style.setProperty("--lift-top", `${rect.top}px`);
  carry();
  drag.card.dataset.lifted = "pointer";
  board.dataset.dragging = "pointer";
  board.setPointerCapture(drag.pointer);
  requestAnimationFrame(frame);
}

function carry() {
  drag.card.style.setProperty("--lift-x", `${drag.x - drag.grab.x - drag.rect.left}px`);
  drag.card.style.setProperty("--lift-y", `${drag.y - drag.grab.y - drag.rect.top}px`);
}

function frame() {
  if (drag?.held) {
    aim();
    requestAnimationFrame(frame);
  }
}

function aim() {
  const sides = board.getBoundingClientRect();
  const aside = speed(drag.x, sides.left, sides.right);
  if (aside !== 0) {
    board.scrollBy(aside, 0);
  }
  const section = document.elementFromPoint(drag.x, drag.y)?.closest("[data-stage]");
  const column = section && columns.get(section.dataset.stage);
  if (!column) {
    return;
  }
  const rect = column.list.getBoundingClientRect();
  const along = speed(drag.y, rect.top, rect.bottom);
  if (along !== 0) {
    column.list.scrollBy(0, along);
  }
  const middle = drag.y - drag.grab.y + (PITCH - GAP) / 2;
  const others = column.cards.length - (column === drag.from ? 1 : 0);
  const slot = Math.max(0, Math.floor((middle - rect.top - 2 + column.list.scrollTop) / PITCH));
  drag.over = column;
  drag.slot = Math.min(slot, others);
  for (const one of columns.values()) {
    makeRoom(one);
  }
}

function makeRoom(column) {
  const own = column === drag.from ? drag.index : undefined;
  const target = column === drag.over ? drag.slot : undefined;
  column.section.toggleAttribute("data-over", target !== undefined);
  column.gap.hidden = target === undefined;
  column.gap.style.insetBlockStart = `${2 + (target ?? 0) * PITCH}px`;
  let index = column.start;
  for (const slot of column.nodes.values()) {
    const closes = own !== undefined && index > own ? 1 : 0;
    const opens = index !== own && target !== undefined && index - closes >= target ? 1 : 0;
    const shift = ["up", undefined, "down"][opens - closes + 1];
    if (slot.dataset.shift !== shift) {
      if (shift === undefined) {
        delete slot.dataset.shift;
      } else {
        slot.dataset.shift = shift;
      }
    }
    index += 1;
  }
}

function drop() {
  const { from, over, index, slot } = drag;
  delete board.dataset.dragging;
  delete drag.card.dataset.lifted;
  for (const column of columns.values()) {
    column.gap.hidden = true;
    column.section.removeAttribute("data-over");
    for (const shifted of column.nodes.values()) {
      delete shifted.dataset.shift;
    }
  }
  drag = undefined;
  if (over === undefined || (over === from && slot === index)) {
    return;
  }
  const [card] = from.cards.splice(index, 1);
  over.cards.splice(slot, 0, card);
  from.count -= 1;
  over.count += 1;
  show(from, true);
  show(over, true);
  moveCard(card, over.stage.id, over.cards[slot - 1]).catch(load);
}

board.addEventListener("pointerdown", (event) => {
  const slot = event.target.closest("[data-deal]");
  const column = slot && columns.get(slot.closest("[data-stage]").dataset.stage);
  if (!column || event.button !== 0) {
    return;
  }
  const index = column.cards.findIndex((card) => card.id === slot.dataset.deal);
  const { clientX: x, clientY: y, pointerId: pointer } = event;
  drag = { from: column, index, card: slot.querySelector(".deal-card"), x, y, begin: { x, y }, pointer, held: false };
});
board.addEventListener("pointermove", (event) => {
  if (drag === undefined) {
    return;
  }
  [drag.x, drag.y] = [event.clientX, event.clientY];
  if (drag.held) {
    carry();
  } else if (Math.hypot(drag.x - drag.begin.x, drag.y - drag.begin.y) > FAR) {
    lift();
  }
});
board.addEventListener("pointerup", () => {
  if (drag?.held) {
    aim();
    drop();
  }
  drag = undefined;
});

addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && drag?.held) {
    drag.over = undefined;
    drop();
  }
});

stages.forEach(addColumn);
await load();
listen((id, version) => {
  const all = [...columns.values()].flatMap((column) => column.cards);
  if (!drag?.held && all.find((card) => card.id === id)?.version !== version) {
    void load();
  }
});
