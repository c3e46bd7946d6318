// A board of so many cards in Chromium, ours and others' one after the other, as `cargo xtask bench boards` asks for it:
// node bench/boards.mjs http://ADDRESS /PATH CARDS.json [quick] [NAME...]
import process from "node:process";
import { chromium } from "@playwright/test";
import { CONTENDERS, OURS, bundles, markupOf, readCards } from "./boards/contenders.mjs";
import { measure } from "./boards/measure.mjs";
import { ratios, table } from "./boards/table.mjs";

const [base, path, cardsFile, ...words] = process.argv.slice(2);
const quick = words.includes("quick");
const named = CONTENDERS.filter((name) => words.includes(name));
const cards = await readCards(cardsFile);
const count = cards.data.columns.reduce((sum, column) => sum + column.cards.length, 0);
// The largest column, and the two beside it.
const stages = cards.data.columns.slice(0, 3).map(({ stage }) => stage);
const executablePath = process.env["DEALBOARD_CHROMIUM"];

async function signIn(browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${base}/signin`);
  await page.getByLabel("Email").fill("nadia@brightwater.example");
  await page.getByLabel("Password").fill("dealboard-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/signin");
  const state = await context.storageState();
  await page.goto(`${base}${path}`);
  const markup = await markupOf(page);
  await context.close();
  return { state, markup };
}

// Frames as a screen shows them: 60 a second.
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const { state, markup } = await signIn(browser);
  const scripts = await bundles();
  const speeds = {};
  for (const throttle of quick ? [1] : [1, 4]) {
    const boards = {};
    for (const name of named.length > 0 ? named : CONTENDERS) {
      const setup = { browser, base, path, scripts, markup, cards, throttle, state, quick };
      boards[name] = await measure(setup, name, stages);
    }
    speeds[throttle] = { boards, ratios: ratios(boards, OURS) };
    process.stderr.write(table(count, throttle, boards));
  }
  process.stdout.write(JSON.stringify({ cards: count, speeds }));
} finally {
  await browser.close();
}
