import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as its receiver gets it. */
export interface Caught {
  to: string;
  id: string;
  subject: string;
  text: string;
  html: string;
}

/** What the server does with mail to somebody: it takes it, refuses it for good or for now, or says nothing at all. */
type Manner = "take" | "refuse" | "later" | "silent";

/** A real mail server on this machine that keeps what it gets. */
export class Catcher {
  readonly #caught: Caught[] = [];
  readonly #manners = new Map<string, Manner>();
  #server = this.#made();
  #port = 0;

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    const address = this.#server.server.address();
    this.#port = typeof address === "object" && address !== null ? address.port : 0;
  }

  /** It is gone, and whoever calls is refused; `start` opens it again at the same address. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
    this.#server = this.#made();
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** From now on, to that address. */
  treat(to: string, manner: Manner): void {
    this.#manners.set(to, manner);
  }

  /** What came to that address, oldest first. */
  to(address: string): Caught[] {
    return this.#caught.filter(({ to }) => to === address);
  }

  #made(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      // A test that ends does not wait for a connection that is kept open.
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, answer) => {
        const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
        switch (this.#manners.get(address) ?? "take") {
          case "take":
            answer();
            break;
          case "refuse":
            answer(refusal(550, "No such mailbox here"));
            break;
          case "later":
            answer(refusal(451, "Greylisted, come back"));
            break;
          case "silent":
            break;
        }
      },
      onData: (stream, session, answer) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            this.#caught.push({
              to: session.envelope.rcptTo[0]?.address ?? "",
              id: mail.messageId ?? "",
              subject: mail.subject ?? "",
              text: mail.text ?? "",
              html: mail.html ?? "",
            });
            answer();
          }, answer);
        });
      },
    });
  }
}

/** The first link of the mail that has that in it. */
export function linkIn(mail: Caught, part: string): string {
  const link = mail.text.split(/\s+/).find((word) => word.startsWith("http") && word.includes(part));
  if (link === undefined) {
    throw new Error(`no link with ${part} in:\n${mail.text}`);
  }
  return link;
}
