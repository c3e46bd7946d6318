import { type Page, expect } from "@playwright/test";
import type { Server } from "./server.ts";

/** A person as they sign in. */
export interface Person {
  name: string;
  email: string;
  password: string;
}

/** What a server function answered. */
export interface Answer {
  status: number;
  body: unknown;
}

/** One program with one partner, and a signed-in browser on each side. Tests share the server, never a program. */
export interface World {
  company: string;
  program: string;
  membership: string;
  partnerName: string;
  admin: Page;
  partner: Page;
  adminPerson: Person;
  partnerPerson: Person;
}

type NewBrowser = () => Promise<Page>;

const PASSWORD = "correct horse battery";
const admins = new WeakMap<Server, Person>();
let counter = 0;

/** A number that no other test of this worker has. */
export function next(): string {
  counter += 1;
  // As long as every other: no name is the beginning of another.
  return String(counter).padStart(4, "0");
}

/** Calls a server function from the page, as the app itself does. */
export async function call(page: Page, name: string, fields: Record<string, string> = {}): Promise<Answer> {
  return page.evaluate(
    async ([path, pairs]) => {
      const response = await fetch(path, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(pairs),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
    },
    [`/api/${name}`, fields] as const,
  );
}

/** The same for the functions that take JSON. */
export async function callJson(page: Page, name: string, input: unknown): Promise<Answer> {
  return page.evaluate(
    async ([path, body]) => {
      const response = await fetch(path, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json" },
        body,
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
    },
    [`/api/${name}`, JSON.stringify(input)] as const,
  );
}

/** The body of an answer that must be a yes. */
export async function done(answer: Promise<Answer>): Promise<unknown> {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** Signs in through the page, as everybody does. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/signin");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/signin");
}

/** The first person of this server: made through the set-up link, once. */
async function signInAdmin(server: Server, page: Page): Promise<Person> {
  const known = admins.get(server);
  if (known !== undefined) {
    await signIn(page, known);
    return known;
  }
  const token = /\/setup\/([\w-]+)/.exec(server.log())?.[1];
  if (token === undefined) {
    throw new Error("the server did not print a set-up link");
  }
  const person = { name: "Mara Lind", email: "mara@altostrat.example", password: PASSWORD };
  await page.goto("/signin");
  await done(call(page, "set_up", { token, ...person, company: "Altostrat", program: "First", currency: "EUR" }));
  admins.set(server, person);
  await page.goto("/");
  return person;
}

interface Viewer {
  teams: { side: string; id: string }[];
  programs: { href: string }[];
}

/** A fresh program of the server's company, with a partner team of its own. */
export async function world(server: Server, newBrowser: NewBrowser): Promise<World> {
  const number = `${process.pid}-${next()}`;
  const admin = await newBrowser();
  const adminPerson = await signInAdmin(server, admin);
  const viewer = (await done(call(admin, "viewer"))) as Viewer;
  const company = viewer.teams.find((team) => team.side === "company")?.id ?? "";
  const program = await newProgram(admin, company, `Program ${number}`);
  const partnerName = `Brightwater ${number}`;
  const partner = await newBrowser();
  const partnerPerson = await joinAs(admin, partner, program, partnerName, `nadia-${number}@brightwater.example`);
  const own = (await done(call(partner, "viewer"))) as Viewer;
  const membership = /mem_\w+/.exec(own.programs[0]?.href ?? "")?.[0] ?? "";
  return { company, program, membership, partnerName, admin, partner, adminPerson, partnerPerson };
}

/** One more program of that company; gives its id. */
export async function newProgram(admin: Page, company: string, name: string): Promise<string> {
  const path = (await done(call(admin, "create_program", { company, program: name, currency: "EUR" }))) as string;
  const program = /prog_\w+/.exec(path)?.[0];
  if (program === undefined) {
    throw new Error(`no program in ${path}`);
  }
  // A new program takes registrations only once its company says so (R6).
  await done(call(admin, "switch_submissions", { program, open: "true" }));
  return program;
}

/** Invites a partner into the program and lets its first owner join in `page`. */
export async function joinAs(
  admin: Page,
  page: Page,
  program: string,
  partnerName: string,
  email: string,
): Promise<Person> {
  const link = (await done(call(admin, "invite_partner", { program, partner_name: partnerName, email }))) as {
    path: string;
  };
  const token = link.path.split("/").pop() ?? "";
  const person = { name: "Nadia Okafor", email, password: PASSWORD };
  await page.goto(link.path);
  await done(call(page, "join", { token, name: person.name, password: person.password }));
  await page.goto("/");
  return person;
}
