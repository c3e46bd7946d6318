import type { BrowserContext } from "@playwright/test";

/** Gathers what must never happen in a browser or on the server while a test runs. */
export class Problems {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** For a test that provokes an error on purpose. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  watch(context: BrowserContext): void {
    context.on("weberror", (error) => this.#add(`page error: ${error.error().stack ?? String(error.error())}`));
    context.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" || (message.type() === "warning" && /hydrat/i.test(text))) {
        this.#add(`console ${message.type()}: ${text} (${message.location().url})`);
      }
    });
  }

  /** Panics that a server wrote since `from`, the length of its log at the start of the test. */
  addPanics(log: string, from: number): void {
    const lines = log.slice(from).split("\n");
    for (const [at, line] of lines.entries()) {
      if (line.includes("panicked at")) {
        // The next lines say why, and where it came from.
        this.#add(`server: ${lines.slice(at, at + 60).join("\n")}`);
      }
    }
  }

  check(): void {
    if (this.#found.length > 0) {
      throw new Error(`something broke while the test ran:\n${this.#found.join("\n")}`);
    }
  }

  #add(text: string): void {
    if (!this.#allowed.some((pattern) => pattern.test(text))) {
      this.#found.push(text);
    }
  }
}
