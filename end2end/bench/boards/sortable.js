// Plain JavaScript with SortableJS: every card is in the page.
import Sortable from "sortablejs";
import { board, headHtml, loadAll, moveCard, slotHtml, stages } from "./shared.js";

const columns = await loadAll();
const known = new Map(columns.flatMap(({ cards }) => cards.map((card) => [card.id, card])));

board.innerHTML = stages
  .map((stage, index) => {
    const cards = columns[index].cards;
    const list = `<ol class="board__list">${cards.map(slotHtml).join("")}</ol>`;
    return `<section class="board__column" data-stage="${stage.id}">${headHtml(stage, cards.length)}${list}</section>`;
  })
  .join("");

function ended({ item, from, to }) {
  item.removeAttribute("data-held");
  for (const list of [from, to]) {
    const column = list.closest("[data-stage]");
    column.querySelector(".board__count").textContent = String(list.children.length);
  }
  const before = item.previousElementSibling;
  const stage = to.closest("[data-stage]").dataset.stage;
  void moveCard(known.get(item.dataset.deal), stage, before === null ? undefined : known.get(before.dataset.deal));
}

for (const list of board.querySelectorAll(".board__list")) {
  Sortable.create(list, {
    group: "board",
    animation: 150,
    draggable: ".board__slot",
    // With the pointer, as all the others: the browser's own drags follow other rules.
    forceFallback: true,
    fallbackTolerance: 5,
    onStart: ({ item }) => item.setAttribute("data-held", ""),
    onEnd: ended,
  });
}
