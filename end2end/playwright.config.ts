import { defineConfig } from "@playwright/test";
import type { Settings } from "./support/test.ts";

// `cargo xtask test` sets these; see its `browser` part.
const chromium = process.env["DEALBOARD_CHROMIUM"];

export default defineConfig<object, Settings>({
  testDir: "tests",
  outputDir: "test-results",
  // No retries: a test that passes the second time hides a fault of ours.
  retries: 0,
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    // What most tests read: amounts with a point, days before months. `form-locale` brings others.
    locale: "en-GB",
    // Recording every step costs as much as many a test; `TRACE=1` does it for whoever looks for a fault.
    trace: process.env["TRACE"] === undefined ? "off" : "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    // One SQLite file belongs to one process.
    { name: "sqlite", use: { engine: "sqlite" }, grepInvert: /@processes/ },
    // The whole story and what differs between engines; the rest would prove the same code twice.
    { name: "postgres", use: { engine: "postgres" }, grep: /@postgres/ },
  ],
});
