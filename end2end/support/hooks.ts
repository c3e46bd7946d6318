import { type IncomingHttpHeaders, type Server, createServer } from "node:http";
import { Webhook } from "standardwebhooks";

/** A message as the receiver gets it. */
export interface Called {
  path: string;
  id: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a message says, as far as tests look at it. */
export interface Told {
  type: string;
  timestamp: string;
  data: { deal?: string; number?: string; registration?: string; stage?: string | null };
}

/** A real web server on this machine that keeps what it is told. */
export class Sink {
  readonly #called: Called[] = [];
  #status = 200;
  #server: Server = this.#made();
  #port = 0;

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    const address = this.#server.address();
    this.#port = typeof address === "object" && address !== null ? address.port : 0;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  /** From now on. */
  answer(status: number): void {
    this.#status = status;
  }

  /** What was said there, oldest first. */
  at(path: string): Called[] {
    return this.#called.filter((called) => called.path === path);
  }

  #made(): Server {
    return createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { headers } = request;
        const id = String(headers["webhook-id"]);
        this.#called.push({ path: request.url ?? "", id, headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(this.#status, { "content-type": "text/plain" }).end(`I say ${this.#status}`);
      });
    });
  }
}

/** What the message says, if its signature is good; else it throws. */
export function verified(called: Called, secret: string): Told {
  const headers = Object.fromEntries(
    ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [name, String(called.headers[name])]),
  );
  return new Webhook(secret).verify(called.body, headers) as Told;
}
