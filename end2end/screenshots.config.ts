import base from "./playwright.config.ts";

/** `cargo xtask screenshots`: the pictures of `docs/screenshots`, taken of the demo data. */
export default {
  ...base,
  testDir: "screenshots",
  workers: 1,
  reporter: [["list"]],
  use: { ...base.use, screenshot: "off", trace: "off" },
  projects: [{ name: "screenshots" }],
};
