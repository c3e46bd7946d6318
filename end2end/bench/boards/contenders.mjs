// The boards beside ours: bundled from npm, and served under our own server's address, so that they have the same session and
// the same server functions behind them. What is no page of theirs goes on to the server.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const OURS = "ours";
export const FLOOR = "floor";
/** By name, with the file that each begins with. */
const FILES = {
  [FLOOR]: "floor.js",
  sortable: "sortable.js",
  react: "react.jsx",
  "react-virtual": "virtual.jsx",
};
export const CONTENDERS = [OURS, ...Object.keys(FILES)];

/** What each is called in tables. */
export const TITLES = {
  [OURS]: "Dealboard",
  [FLOOR]: "plain windowed (floor)",
  sortable: "SortableJS",
  react: "React, hello-pangea",
  "react-virtual": "React, virtual lists",
};

const PITCH = 84;
const FOLDER = "/bench-board";

async function bundle(file) {
  const made = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2023",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return made.outputFiles[0].text;
}

export async function bundles() {
  const made = await Promise.all(Object.entries(FILES).map(async ([name, file]) => [name, await bundle(file)]));
  return Object.fromEntries(made);
}

/** Runs in our own page: one card and one head of it as markup, with places to fill in. */
function takeMarkup() {
  const slot = document.querySelector(".board__slot").cloneNode(true);
  const customer = slot.querySelector(".deal-card__customer").textContent;
  const id = slot.dataset.deal;
  slot.querySelector(".deal-card__value").textContent = "%value%";
  const fill = (markup) => markup.replaceAll(id, "%id%").replaceAll(customer, "%customer%").replaceAll("<!---->", "");
  const head = document.querySelector("[data-stage] .board__head").cloneNode(true);
  const name = head.querySelector("h2").textContent;
  head.querySelector("h2").removeAttribute("id");
  head.querySelector(".board__count").textContent = "%count%";
  return {
    slot: fill(slot.outerHTML),
    inside: fill(slot.innerHTML),
    head: head.outerHTML.replaceAll(name, "%name%").replaceAll("<!---->", ""),
    styles: [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.getAttribute("href")),
  };
}

/** The markup of our own page, once it is alive. */
export async function markupOf(page) {
  await page.locator(".board[data-ready] .board__slot").first().waitFor();
  return page.evaluate(takeMarkup);
}

function pageOf(name, markup, data) {
  const setup = {
    pitch: PITCH,
    membership: data.membership,
    stages: data.columns.map(({ stage, name: title }) => ({ id: stage, name: title })),
    slot: markup.slot,
    inside: markup.inside,
    head: markup.head,
  };
  // Nothing in a script element may look like its end.
  const json = JSON.stringify(setup).replaceAll("<", "\\u003c");
  const styles = markup.styles.map((href) => `<link rel="stylesheet" href="${href}">`).join("");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>${styles}
<body><div class="board" tabindex="0"></div><script type="application/json" id="setup">${json}</script>
<script type="module" src="app.js"></script></body></html>`;
}

/** Where that contender's board is. */
export const addressOf = (name, base, path) => (name === OURS ? `${base}${path}` : `${base}${FOLDER}/${name}/`);

/** Answers for the pages of the contenders in that context. */
export async function serve(context, scripts, markup, cards) {
  await context.route(`**${FOLDER}/**`, async (route) => {
    const [, name, file] = new URL(route.request().url()).pathname.slice(1).split("/");
    if (file === "") {
      await route.fulfill({ contentType: "text/html", body: pageOf(name, markup, cards.data) });
    } else if (file === "app.js") {
      await route.fulfill({ contentType: "text/javascript", body: scripts[name] });
    } else {
      await route.fulfill({ contentType: "application/json", body: JSON.stringify(cards.columns()) });
    }
  });
}

/** All cards as they lie on the server: as they were filled in, and moved as every page moved them since. */
export class Cards {
  constructor(data) {
    this.data = data;
    this.lying = new Map(
      data.columns.map(({ stage, cards }) => [
        stage,
        cards.map(([id, customer, value]) => ({ id, customer, value, version: data.version })),
      ]),
    );
  }

  columns() {
    return [...this.lying].map(([stage, cards]) => ({ stage, cards }));
  }

  /** Hears every move that the server acknowledges to a page. */
  follow(page) {
    page.on("response", (response) => {
      if (response.url().endsWith("/api/move_partner_deal") && response.ok()) {
        const { command } = response.request().postDataJSON();
        this.moved(command);
      }
    });
  }

  moved({ deal, to_stage: stage, place, version }) {
    for (const cards of this.lying.values()) {
      const index = cards.findIndex((card) => card.id === deal);
      if (index >= 0) {
        const [card] = cards.splice(index, 1);
        const to = this.lying.get(stage);
        const after = to.findIndex((other) => other.id === place.after);
        const at = place === "top" ? 0 : after < 0 ? to.length : after + 1;
        to.splice(at, 0, { ...card, version: version + 1 });
        return;
      }
    }
  }
}

/** The data that the benchmark filled the database with. */
export async function readCards(file) {
  return new Cards(JSON.parse(await readFile(file, "utf8")));
}
