// What the boards beside ours have in common: the markup of our own card, the data, and the same server behind them.

const setup = JSON.parse(document.getElementById("setup").textContent);

/** From one card's top to the next one's, in pixels. */
export const PITCH = setup.pitch;
export const stages = setup.stages;
export const board = document.querySelector(".board");

const filled = (markup, card) =>
  markup.replaceAll("%id%", card.id).replaceAll("%customer%", card.customer).replaceAll("%value%", card.value);

/** The whole slot, as our page has it. */
export const slotHtml = (card) => filled(setup.slot, card);
/** What is in the slot. */
export const insideHtml = (card) => filled(setup.inside, card);

export function headHtml(stage, count) {
  return setup.head.replaceAll("%name%", stage.name).replaceAll("%count%", String(count));
}

async function post(name, input) {
  const answer = await fetch(`/api/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ membership: setup.membership, ...input }),
  });
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.status}`);
  }
  return answer.json();
}

/** All cards of all columns, as boards want them that know no windows. */
export async function loadAll() {
  const answer = await fetch("cards.json");
  return answer.json();
}

const ofServer = (card) => ({
  id: card.id,
  customer: card.customer,
  value: `${card.value.currency} ${(card.value.minor / 100).toLocaleString("en")}`,
  version: card.version,
  rank: card.rank,
});

/** The window of each column that the server sends, with its count. */
export async function loadWindows() {
  const answer = await post("partner_board", { filter: {} });
  return answer.columns.map(({ stage, count, cards }) => ({ stage, count, cards: cards.map(ofServer) }));
}

/** A column's next cards. */
export async function loadMore(stage, last) {
  const after = [last.rank, last.id];
  const { cards } = await post("partner_column", { filter: {}, stage, after });
  return cards.map(ofServer);
}

/** Moves the card behind another, or to the top; it has its next version once that is durable. */
export async function moveCard(card, stage, before) {
  const place = before === undefined ? "top" : { after: before.id };
  const command = { deal: card.id, to_stage: stage, place, details: {}, version: card.version };
  const [rank, version] = await post("move_partner_deal", { command });
  card.rank = rank;
  card.version = version;
}

/** Calls back for every deal that somebody changed. */
export function listen(changed) {
  const events = new EventSource("/live");
  events.onmessage = ({ data }) => {
    const { id, version } = JSON.parse(data);
    changed(id, version);
  };
}
