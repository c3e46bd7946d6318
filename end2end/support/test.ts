import { type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import { Catcher } from "./mail.ts";
import { Problems } from "./problems.ts";
import { type Engine, type Server, startDemo, startOn, startServer } from "./server.ts";

export { expect };

export interface Settings {
  engine: Engine;
}

interface WorkerFixtures extends Settings {
  /** One server for all the tests of a worker: tests must not rely on what others left. */
  server: Server;
}

type NewBrowser = (options?: BrowserContextOptions) => Promise<Page>;

export interface Office {
  server: Server;
  catcher: Catcher;
  /** At this server. */
  newBrowser: NewBrowser;
}

interface TestFixtures {
  problems: Problems;
  /** A page in a browser of its own, as a second person would have it. */
  newBrowser: NewBrowser;
  /** One more process of the server on the same data. */
  startAnother: () => Promise<Server>;
  /** A server of its own that sends mail, and where it arrives; its webhooks may call this machine. */
  office: Office;
  /** A server of its own with the made-up data, for what needs more than one company. */
  demo: Server;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ["sqlite", { scope: "worker", option: true }],

  server: [
    async ({ engine }, use) => {
      const server = await startServer(engine);
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },

  problems: [
    async ({ server }, use) => {
      const problems = new Problems();
      const from = server.log().length;
      await use(problems);
      problems.addPanics(server.log(), from);
      problems.check();
    },
    { auto: true },
  ],

  context: async ({ context, problems }, use) => {
    problems.watch(context);
    await use(context);
  },

  startAnother: async ({ server, problems }, use) => {
    const started: Server[] = [];
    await use(async () => {
      const another = await startOn(server.settings, server.dataFolder);
      started.push(another);
      return another;
    });
    for (const another of started) {
      await another.stop();
      problems.addPanics(another.log(), 0);
    }
  },

  office: async ({ engine, newBrowser, problems }, use) => {
    const catcher = new Catcher();
    await catcher.start();
    const server = await startServer(engine, {
      DEALBOARD_SMTP_URL: catcher.url,
      DEALBOARD_MAIL_FROM: "Dealboard <deals@dealboard.example>",
      DEALBOARD_MAIL_TIMEOUT: "2 s",
      DEALBOARD_WEBHOOKS_ALLOW_PRIVATE: "127.0.0.1",
    });
    const pages: Page[] = [];
    const open: NewBrowser = async (options) => {
      const page = await newBrowser({ baseURL: server.url, ...options });
      pages.push(page);
      return page;
    };
    await use({ server, catcher, newBrowser: open });
    // Before the server stops, which their streams would call an error.
    for (const page of pages) {
      await page.context().close();
    }
    await server.stop();
    await catcher.stop();
    problems.addPanics(server.log(), 0);
  },

  demo: async ({ problems }, use) => {
    const demo = await startDemo();
    await use(demo);
    await demo.stop();
    problems.addPanics(demo.log(), 0);
  },

  newBrowser: async ({ browser, server, problems }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      contexts.push(context);
      problems.watch(context);
      return context.newPage();
    });
    for (const context of contexts) {
      await context.close();
    }
  },
});

/** Waits until the page's interactive parts answer. */
export async function ready(page: Page): Promise<void> {
  await page.locator("[data-ready]").first().waitFor({ state: "attached" });
}
