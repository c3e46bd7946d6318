import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshPostgres } from "./database.ts";

export type Engine = "sqlite" | "postgres";

export interface Server {
  /** Where it answers, without a slash at the end. */
  url: string;
  /** The folder that holds its SQLite database and its files. */
  dataFolder: string;
  /** The settings it was started with: enough to start the program again on the same data. */
  settings: Record<string, string>;
  /** All that it has written so far. */
  log: () => string;
  stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 12_000;

/** The program under test. */
export function program(): string {
  const path = process.env["DEALBOARD_PROGRAM"];
  if (path === undefined) {
    throw new Error("DEALBOARD_PROGRAM is not set: run the tests through `cargo xtask test`");
  }
  return path;
}

/** Starts the program on a data folder and a database of its own, and removes both at the end. */
export async function startServer(engine: Engine, more: Record<string, string> = {}): Promise<Server> {
  const dataFolder = await mkdtemp(join(tmpdir(), "dealboard-browser-"));
  const database = engine === "postgres" ? await freshPostgres() : undefined;
  const settings: Record<string, string> = { DEALBOARD_DATA: dataFolder, ...more };
  if (database !== undefined) {
    settings["DATABASE_URL"] = database.url;
  }
  const server = await startOn(settings, dataFolder);
  return {
    ...server,
    stop: async () => {
      try {
        await server.stop();
      } finally {
        await database?.drop();
        await rm(dataFolder, { recursive: true, force: true });
      }
    },
  };
}

/** A server with the made-up data: three companies, and one partner in the programs of all of them. */
export async function startDemo(): Promise<Server> {
  const dataFolder = await mkdtemp(join(tmpdir(), "dealboard-demo-"));
  const settings = { DEALBOARD_DATA: dataFolder };
  execFileSync(program(), ["demo", "load", "--deals", "1"], { cwd: dataFolder, env: surroundings(settings), stdio: "pipe" });
  const server = await startOn(settings, dataFolder);
  return {
    ...server,
    stop: async () => {
      try {
        await server.stop();
      } finally {
        await rm(dataFolder, { recursive: true, force: true });
      }
    },
  };
}

function surroundings(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _inherited, ...environment } = process.env;
  return { ...environment, NO_COLOR: "1", ...settings };
}

/** Starts one more process on data that is there already. */
export async function startOn(settings: Record<string, string>, dataFolder: string): Promise<Server> {
  const child = spawn(program(), ["serve"], {
    cwd: dataFolder,
    env: surroundings({ DEALBOARD_LISTEN: "127.0.0.1:0", ...settings }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  const listen = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const stop = (): Promise<void> => end(child, () => log);
  try {
    const url = await address(child, () => log);
    await ready(url);
    return { url, dataFolder, settings, log: () => log, stop };
  } catch (why) {
    child.kill("SIGKILL");
    throw new Error(`the server did not start: ${String(why)}\n${log}`);
  }
}

/** The address is in the log, for the system chose the port. */
async function address(child: ChildProcess, log: () => string): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const found = /listening on (http:\/\/[\w.:[\]]+)/.exec(log());
    if (found?.[1] !== undefined) {
      return found[1];
    }
    if (child.exitCode !== null) {
      throw new Error(`it ended with ${child.exitCode}`);
    }
    await pause();
  }
  throw new Error("it never said where it listens");
}

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok === true) {
      return;
    }
    await pause();
  }
  throw new Error("/readyz never answered 200");
}

async function end(child: ChildProcess, log: () => string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    throw new Error(`the server ended before its time\n${log()}`);
  }
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(late);
  if (child.signalCode === "SIGKILL") {
    throw new Error(`the server did not stop within ${STOP_TIMEOUT_MS} ms\n${log()}`);
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25));
