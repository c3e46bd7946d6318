// The form on our page and in SurveyJS, one after the other in one browser, as `cargo xtask bench forms` asks for it:
// node bench/forms.mjs http://ADDRESS /PATH FORM.json [MODULE.wasm]
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import process from "node:process";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { byCrate } from "./crates.mjs";
import { survey } from "./survey.mjs";

const LOADS = 7;
const KEYS = 60;
// Answered below; nothing is ever asked of a network.
const SITE = "http://survey.test";
const FILES = {
  "survey-core.css": "survey-core/survey-core.min.css",
  "core.js": "survey-core/survey.core.min.js",
  "ui.js": "survey-js-ui/survey-js-ui.min.js",
};

const [base, path, formFile, moduleFile] = process.argv.slice(2);
const form = JSON.parse(await readFile(formFile, "utf8"));
const executablePath = process.env["DEALBOARD_CHROMIUM"];

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const rounded = (number) => Math.round(number * 100) / 100;
const compressed = (body) => brotliCompressSync(body).length;

/** Runs before a page's own scripts: notes when so many fields are painted, and when the page is alive. */
function watch({ field, alive, least }) {
  const times = {};
  globalThis.times = times;
  const painted = (name) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => (times[name] = performance.now());
      channel.port2.postMessage(0);
    });
  };
  const seen = new Set();
  const look = (name, there) => {
    if (there && !seen.has(name)) {
      seen.add(name);
      painted(name);
    }
  };
  new MutationObserver(() => {
    look("shown", document.querySelectorAll(field).length >= least);
    look("alive", document.querySelector(alive) !== null && seen.has("shown"));
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

/** The events of one key in a field, until the frame after they took effect: in milliseconds. */
async function keystroke({ input, field, value, moves }) {
  const target = document.querySelector(input);
  const before = document.querySelectorAll(field).length;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const start = performance.now();
  target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, key: "a" }));
  set.call(target, value);
  target.dispatchEvent(new InputEvent("input", { bubbles: true, data: value }));
  target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: "a" }));
  do {
    await new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
      });
    });
    if (performance.now() - start > 5_000) {
      throw new Error(`nothing came of a key in ${input}`);
    }
  } while (moves && document.querySelectorAll(field).length === before);
  return performance.now() - start;
}

async function loads(page, url, look) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.addInitScript(watch, look);
  const [shown, alive] = [[], []];
  for (let turn = 0; turn < LOADS; turn += 1) {
    await page.goto(url(turn));
    await page.waitForFunction(() => globalThis.times.alive !== undefined);
    const times = await page.evaluate(() => globalThis.times);
    shown.push(times.shown);
    alive.push(times.alive);
  }
  return { shown_ms: rounded(median(shown)), alive_ms: rounded(median(alive)) };
}

async function types(page, field, inputOf) {
  const took = { plain: [], of_many: [] };
  for (let turn = 0; turn < KEYS; turn += 1) {
    const value = turn % 2 === 0 ? "a" : "";
    took.plain.push(await page.evaluate(keystroke, { input: inputOf("q1"), field, value, moves: false }));
    took.of_many.push(await page.evaluate(keystroke, { input: inputOf("q0"), field, value, moves: true }));
  }
  return { keystroke_ms: rounded(median(took.plain)), keystroke_of_many_ms: rounded(median(took.of_many)) };
}

/** What the page asked for until it was alive, each file compressed alike. */
async function weigh(page, urls) {
  const parts = {};
  for (const url of urls) {
    const answer = await page.context().request.get(url);
    const name = new URL(url).pathname.split("/").at(-1) || "page";
    parts[name] = compressed(await answer.body());
  }
  return parts;
}

const total = (parts) => Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);

async function ours(browser) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${base}/signin`);
  await page.getByLabel("Email").fill("nadia@brightwater.example");
  await page.getByLabel("Password").fill("dealboard-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/signin");
  const asked = new Set();
  page.on("request", (request) => {
    const url = new URL(request.url());
    // The stream has no end, and each load of the page counts once.
    if (request.method() === "GET" && url.pathname !== "/live") {
      asked.add(url.pathname === path ? `${base}${path}?key=bench-forms-000` : url.href);
    }
  });
  const field = "form .field-group";
  const look = { field, alive: "form[data-ready]", least: form.fields.length / 2 };
  const times = await loads(page, (turn) => `${base}${path}?key=bench-forms-00${turn}`, look);
  const bytes = await weigh(page, asked);
  return { ...times, ...(await types(page, field, (key) => `[name="${key}"]`)), bytes, total_bytes: total(bytes) };
}

async function theirs(browser) {
  const files = createRequire(import.meta.url);
  // Only the entries of the packages can be resolved by name; the files beside them are what a page loads.
  const folder = (name) => files.resolve(name.split("/")[0]).replace(/[^/\\]*$/, "");
  const bodies = {};
  for (const [name, file] of Object.entries(FILES)) {
    bodies[name] = await readFile(folder(file) + file.split("/")[1]);
  }
  const start = `const survey = new Survey.Model(${JSON.stringify(survey(form))});
    survey.render(document.getElementById("survey"));`;
  bodies["page"] = Buffer.from(`<!doctype html><meta charset="utf-8"><title>survey</title>
    <link rel="stylesheet" href="survey-core.css"><div id="survey"></div>
    <script src="core.js"></script><script src="ui.js"></script><script>${start}</script>`);
  const page = await (await browser.newContext()).newPage();
  await page.route(`${SITE}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || "page";
    const contentType = name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "text/html";
    return bodies[name] === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: bodies[name], contentType });
  });
  const field = "[data-name]";
  const look = { field, alive: "[data-name] input", least: form.fields.length / 2 };
  const times = await loads(page, () => `${SITE}/`, look);
  const bytes = Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, compressed(body)]));
  const typed = await types(page, field, (key) => `[data-name="${key}"] input`);
  return { ...times, ...typed, bytes, total_bytes: total(bytes) };
}

const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  // Frames come as soon as they are ready, so that what is waited for is work and not the screen.
  args: ["--no-sandbox", "--disable-gpu", "--disable-frame-rate-limit", "--disable-gpu-vsync"],
});
try {
  const [dealboard, surveyjs] = [await ours(browser), await theirs(browser)];
  const ratios = {};
  for (const name of ["total_bytes", "shown_ms", "alive_ms", "keystroke_ms", "keystroke_of_many_ms"]) {
    ratios[name] = rounded(dealboard[name] / surveyjs[name]);
    process.stderr.write(`${name.padEnd(22)} ours ${dealboard[name]}, SurveyJS ${surveyjs[name]}: ${ratios[name]}\n`);
  }
  const crates = moduleFile === undefined ? {} : byCrate(await readFile(moduleFile));
  process.stdout.write(JSON.stringify({ fields: form.fields.length, dealboard, surveyjs, ratios, wasm_code_by_crate: crates }));
} finally {
  await browser.close();
}
