// Prints what a module of WebAssembly says to its cases in a real browser, as `cargo xtask test domain` asks it:
// node support/alike.mjs FOLDER CASES
import { join } from "node:path";
import process from "node:process";
import { chromium } from "@playwright/test";

// Answered below, from the folder; nothing is ever asked of a network.
const SITE = "http://alike.test";
// Cases at once: their text travels as one string.
const STEP = 500;
const PAGE = `<!doctype html>
<title>alike</title>
<script type="module">
  import start, * as alike from "./alike.js";
  await start({ module_or_path: "./alike_bg.wasm" });
  globalThis.alike = alike;
</script>`;

const folder = process.argv[2];
const cases = Number(process.argv[3]);
const executablePath = process.env["DEALBOARD_CHROMIUM"];
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage();
  await page.route(`${SITE}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === "alike.js" || name === "alike_bg.wasm") {
      await route.fulfill({
        path: join(folder, name),
        contentType: name.endsWith(".js") ? "text/javascript" : "application/wasm",
      });
    } else {
      await route.fulfill({ body: PAGE, contentType: "text/html" });
    }
  });
  const faults = [];
  page.on("pageerror", (fault) => faults.push(fault));
  await page.goto(`${SITE}/`);
  try {
    await page.waitForFunction(() => globalThis.alike !== undefined);
  } catch (late) {
    throw faults[0] ?? late;
  }
  for (let from = 0; from < cases; from += STEP) {
    const span = [from, Math.min(from + STEP, cases)];
    const said = await page.evaluate(([from, to]) => globalThis.alike.verdicts(from, to), span);
    // A pipe takes less at once than a file: waited for, or the end is lost.
    await new Promise((done) => process.stdout.write(said, done));
  }
} finally {
  await browser.close();
}
