import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { JSHandle, Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { addField, openEditor, preview, publish } from "../support/editor.ts";
import { type Field, publishForm } from "../support/forms.ts";
import { fill, openPage, submitButton } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { type World, signIn, world } from "../support/world.ts";

const PLAN: Field = { key: "plan", kind: { file: { max_bytes: 1_000_000, accept: ["pdf", "txt"] } }, label: "Floor plan" };
const SMALL = 2_000;
/** So slow a line that a test has long done what it wants to see before a file of that size has left. */
const LARGE = 900_000;
const BYTES_PER_SECOND = 20_000;

type Chosen = { name: string; mimeType: string; buffer: Buffer };

const file = (name: string, bytes = SMALL): Chosen => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.alloc(bytes, "x"),
});

const choice = (page: Page): Locator => page.getByLabel("Floor plan");
const choose = (page: Page, ...files: Chosen[]): Promise<void> => choice(page).setInputFiles(files);
const lines = (page: Page): Locator => page.locator(".files__line");
const line = (page: Page, name: string): Locator => lines(page).filter({ has: page.getByText(name, { exact: true }) });
const zone = (page: Page): Locator => page.locator(".upload");
const problem = (page: Page): Locator => page.locator("#plan-error");
const summary = (page: Page): Locator => page.getByRole("alert", { name: "There is a problem" });
const said = (page: Page, text: string): Locator => page.getByRole("status").filter({ hasText: text });
const arrived = (page: Page, name: string): Promise<void> =>
  expect(line(page, name)).toHaveAttribute("data-step", "arrived");
const saved = (page: Page): Promise<void> => expect(page.locator("[data-part=save-state]")).toContainText("Saved");

/** The form with the question, open at the partner's. */
async function asked(it: World, ...more: Field[]): Promise<Page> {
  await publishForm(it.admin, it.program, (fields) => [...fields, PLAN, ...more]);
  await openPage(it.partner, it.membership);
  return it.partner;
}

/** Files as somebody drags them in from a folder. */
function carried(page: Page, names: string[]): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle(
    ([names, bytes]) => {
      const carried = new DataTransfer();
      for (const name of names) carried.items.add(new File(["x".repeat(bytes)], name));
      return carried;
    },
    [names, SMALL] as const,
  );
}

/** Slows the line down; gives the way back. */
async function slowLine(page: Page): Promise<() => Promise<void>> {
  const line = await page.context().newCDPSession(page);
  const speed = (uploadThroughput: number): Promise<unknown> =>
    line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await line.send("Network.enable");
  await speed(BYTES_PER_SECOND);
  return async () => {
    await speed(-1);
  };
}

async function register(page: Page, customer: string): Promise<Locator> {
  await fill(page, customer);
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  return page.locator("[data-part=answers]");
}

test("files are chosen or dropped onto the field; dropped beside it they leave the page alone", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const page = await asked(it);
  await expect(page.locator("#plan-hint")).toHaveText("PDF, TXT, up to 10 files, 1 MB each");
  await expect(page.getByText("You can also drop files here.")).toBeVisible();
  await page.getByLabel("Customer name").focus();
  await choose(page, file("a.pdf"));
  await arrived(page, "a.pdf");
  await expect(line(page, "a.pdf")).toContainText("2 kB");
  await expect(page.getByRole("button", { name: "Remove a.pdf" })).toBeVisible();
  await expect(said(page, "a.pdf uploaded")).toHaveCount(1);
  // The input is free for more, and nobody was torn from what they did.
  await expect(choice(page)).toHaveValue("");
  await expect(page.getByLabel("Customer name")).toBeFocused();

  const dataTransfer = await carried(page, ["b.pdf", "c.txt"]);
  const title = page.getByRole("heading", { level: 1 });
  await title.dispatchEvent("dragover", { dataTransfer });
  await expect(zone(page)).toHaveAttribute("data-near", "");
  await expect(zone(page)).not.toHaveAttribute("data-over");
  const kept = await title.evaluate(
    (element, dataTransfer) =>
      !element.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer })),
    dataTransfer,
  );
  expect(kept, "the browser does not go to the file").toBe(true);
  await expect(zone(page)).not.toHaveAttribute("data-near");
  await expect(lines(page)).toHaveCount(1);

  await zone(page).dispatchEvent("dragenter", { dataTransfer });
  await zone(page).dispatchEvent("dragover", { dataTransfer });
  await expect(zone(page)).toHaveAttribute("data-over", "");
  await expectAccessible(page);
  await zone(page).dispatchEvent("dragleave", { dataTransfer });
  await expect(zone(page)).not.toHaveAttribute("data-over");
  await zone(page).dispatchEvent("dragover", { dataTransfer });
  await zone(page).dispatchEvent("drop", { dataTransfer });
  await arrived(page, "b.pdf");
  await arrived(page, "c.txt");
  await expect(zone(page)).not.toHaveAttribute("data-over");
  await expectAccessible(page);
  // Text that is dragged stays the browser's own affair.
  const free = await title.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", "Some words");
    return element.dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer }));
  });
  expect(free).toBe(true);

  const answers = await register(page, "Dropped In Ltd");
  for (const name of ["a.pdf", "b.pdf", "c.txt"]) {
    await expect(answers.getByRole("link", { name })).toBeVisible();
  }
});

test("a file shows how far it is, is cancelled, and keeps the form from being sent without it", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const page = await asked(it);
  await fill(page, "In Parts Ltd");
  await saved(page);
  const fast = await slowLine(page);
  await choose(page, file("a.pdf", LARGE), file("b.pdf", LARGE), file("c.pdf", LARGE));
  await expect(said(page, "Uploading 3 files")).toHaveCount(1);
  const bar = page.getByRole("progressbar", { name: "Upload of a.pdf" });
  await expect.poll(async () => Number(await bar.getAttribute("value"))).toBeGreaterThan(0);
  expect(Number(await bar.getAttribute("value"))).toBeLessThan(100);
  await expect(line(page, "a.pdf")).toContainText(/900 kB, \d+ % uploaded/);
  // Two at a time.
  await expect(line(page, "b.pdf")).toHaveAttribute("data-step", "sends");
  await expect(line(page, "c.pdf")).toHaveAttribute("data-step", "waits");
  await expectAccessible(page);

  await submitButton(page).click();
  await expect(summary(page)).toContainText("Wait until a.pdf is uploaded, or cancel it");
  await expect(problem(page)).toContainText("Wait until a.pdf is uploaded, or cancel it");
  await expect(page).toHaveURL(/\/deals\/new/);

  await page.getByRole("button", { name: "Cancel a.pdf" }).click();
  await expect(line(page, "a.pdf")).toHaveCount(0);
  await expect(choice(page)).toBeFocused();
  await expect(said(page, "a.pdf cancelled")).toHaveCount(1);
  await expect(line(page, "c.pdf")).toHaveAttribute("data-step", "sends");
  await fast();
  await arrived(page, "b.pdf");
  await arrived(page, "c.pdf");
  await expect(problem(page)).toHaveCount(0);
  const parts = async (): Promise<string[]> =>
    (await readdir(join(server.dataFolder, "files"))).filter((name) => name.endsWith(".part"));
  await expect.poll(parts, "the server keeps nothing of it").toEqual([]);

  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  const answers = page.locator("[data-part=answers]");
  await expect(answers.getByRole("link", { name: "b.pdf" })).toBeVisible();
  await expect(answers.getByRole("link", { name: "c.pdf" })).toBeVisible();
  await expect(answers).not.toContainText("a.pdf");
});

test("a file that did not get through is tried again, or given up", async ({ server, newBrowser, problems }) => {
  problems.allow(/net::ERR_|Failed to load resource/);
  const it = await world(server, newBrowser);
  const page = await asked(it);
  await fill(page, "Second Try Ltd");
  await saved(page);
  await page.context().setOffline(true);
  await choose(page, file("a.pdf"));
  await expect(line(page, "a.pdf")).toContainText("not uploaded. The server cannot be reached");
  await expect(said(page, "a.pdf was not uploaded")).toHaveCount(1);
  await page.context().setOffline(false);
  await expectAccessible(page);
  await submitButton(page).click();
  await expect(summary(page)).toContainText("a.pdf was not uploaded: try again, or remove it");
  await expect(problem(page)).toContainText("a.pdf was not uploaded: try again, or remove it");
  await page.getByRole("button", { name: "Try again: a.pdf" }).click();
  await arrived(page, "a.pdf");
  await expect(page.getByRole("button", { name: "Remove a.pdf" })).toBeFocused();
  await expect(problem(page)).toHaveCount(0);

  // A server in trouble is as good a reason; what the house refuses for good is not offered again.
  let status = 503;
  await page.context().route("**/upload/**", (route) =>
    route.fulfill(
      status === 503 ? { status, body: "upstream is gone" } : { status, json: { code: "rule" } },
    ),
  );
  await choose(page, file("b.pdf"));
  await expect(page.getByRole("button", { name: "Try again: b.pdf" })).toBeVisible();
  status = 409;
  await choose(page, file("c.pdf"));
  await expect(line(page, "c.pdf")).toContainText("not uploaded. That is not possible now.");
  await expect(page.getByRole("button", { name: "Try again: c.pdf" })).toHaveCount(0);
  await page.context().unrouteAll();
  await page.getByRole("button", { name: "Remove b.pdf" }).click();
  await page.getByRole("button", { name: "Remove c.pdf" }).click();
  await expect(lines(page)).toHaveCount(1);
  await expect(choice(page)).toBeFocused();
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  const answers = page.locator("[data-part=answers]");
  await expect(answers.getByRole("link", { name: "a.pdf" })).toHaveCount(1);
  await expect(answers).not.toContainText("b.pdf");
});

test("what the form does not take is said before anything is sent", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = await asked(it);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/upload/")) sent.push(request.url());
  });
  await page.getByLabel("Customer name").focus();
  await choose(page, file("run.exe"), file("large.pdf", 1_000_001));
  for (const place of [problem(page), summary(page)]) {
    await expect(place).toContainText("run.exe was not added. Floor plan must be a file of type pdf, txt");
    await expect(place).toContainText("large.pdf was not added. Each file must be smaller than 1 MB");
  }
  await expect(said(page, "run.exe was not added")).toHaveCount(1);
  await expect(choice(page)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Customer name")).toBeFocused();
  await expect(lines(page)).toHaveCount(0);
  expect(sent).toEqual([]);
  await expectAccessible(page);
  await summary(page).getByRole("link", { name: /^run\.exe/ }).click();
  await expect(choice(page)).toBeFocused();

  const eleven = Array.from({ length: 11 }, (_, at) => file(`page-${at + 1}.pdf`));
  await choose(page, ...eleven);
  await expect(problem(page)).toContainText("page-11.pdf was not added. Floor plan can have 10 files at most");
  await expect(problem(page)).not.toContainText("run.exe");
  await expect(lines(page)).toHaveCount(10);
  await arrived(page, "page-10.pdf");
  expect(sent).toHaveLength(10);
  await page.getByRole("button", { name: "Remove page-1.pdf", exact: true }).click();
  await expect(problem(page)).toHaveCount(0);
  await expect(summary(page)).toHaveCount(0);
  await choose(page, file("page-11.pdf"));
  await arrived(page, "page-11.pdf");
});

test("files stay with the draft over a reload and another sign-in, and go when they are removed", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const page = await asked(it);
  await page.getByLabel("Customer name").fill("Kept Files Ltd");
  await choose(page, file("a.pdf"), file("b.pdf"));
  await arrived(page, "a.pdf");
  await arrived(page, "b.pdf");
  await saved(page);
  const form = page.url();
  await page.reload();
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(line(page, "a.pdf")).toContainText("2 kB");
  await expect(line(page, "b.pdf")).toContainText("2 kB");

  await page.getByRole("button", { name: "Remove a.pdf" }).click();
  await expect(line(page, "a.pdf")).toHaveCount(0);
  await expect(said(page, "a.pdf removed")).toHaveCount(1);
  await expect(choice(page)).toBeFocused();
  await saved(page);
  await page.goto("/");
  await page.context().clearCookies();
  await signIn(page, it.partnerPerson);
  await page.goto(form);
  await page.locator("form[aria-label=Registration][data-ready]").waitFor();
  await expect(line(page, "b.pdf")).toHaveCount(1);
  await expect(lines(page)).toHaveCount(1);
  const answers = await register(page, "Kept Files Ltd");
  await expect(answers.getByRole("link", { name: "b.pdf" })).toBeVisible();
});

test("Enter in a text field sends the form and removes no file", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = await asked(it);
  await choose(page, file("a.pdf"));
  await arrived(page, "a.pdf");
  await fill(page, "By Enter Ltd");
  await page.getByLabel("Customer name").press("Enter");
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]").getByRole("link", { name: "a.pdf" })).toBeVisible();
});

test("a file goes on while the next page is filled in, and the form waits for it in the end", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const page = await asked(
    it,
    { key: "page_rest", kind: "page_break", label: "Anything else" },
    { key: "notes", kind: "long_text", label: "Notes" },
  );
  const goOn = page.getByRole("button", { name: "Continue" });
  await fill(page, "Two Pages Ltd");
  await saved(page);
  const fast = await slowLine(page);
  await choose(page, file("a.pdf", LARGE));
  await expect(line(page, "a.pdf")).toHaveAttribute("data-step", "sends");
  await goOn.click();
  await page.getByLabel("Notes").fill("They hurry.");
  await goOn.click();
  await submitButton(page).click();
  await expect(summary(page)).toContainText("Wait until a.pdf is uploaded, or cancel it");
  // It led to the page of the file, which never stopped.
  await expect(line(page, "a.pdf")).toHaveAttribute("data-step", "sends");
  await fast();
  await arrived(page, "a.pdf");
  await goOn.click();
  await goOn.click();
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  await expect(page.locator("[data-part=answers]").getByRole("link", { name: "a.pdf" })).toBeVisible();
});

test("the company says how large and how many files may be, and no form promises more than the server takes", async ({
  server,
  newBrowser,
}) => {
  const it = await world(server, newBrowser);
  const page = it.admin;
  await openEditor(page, it.program);
  await addField(page, "Files", "Footage");
  const set = async (label: string, value: string): Promise<void> => {
    await page.getByLabel(label).fill(value);
    await page.getByLabel(label).press("Tab");
  };
  await set("Most files", "21");
  await expect(page.getByText("Enter a number from 1 to 20")).toBeVisible();
  await set("Most files", "1");
  await set("Largest file, in MB", "250");
  await expect(preview(page)).toContainText("Any type, one file, up to 250 MB");
  await publish(page, 2);
  await openPage(it.partner, it.membership);
  // What the server of these tests takes, unless it is told otherwise.
  await expect(it.partner.getByText("Any type, one file, up to 26 MB")).toBeVisible();
});

test("the longest name fits a phone", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  const page = await asked(it);
  await page.setViewportSize({ width: 360, height: 740 });
  const name = `${"Grundrisszeichnungssammlung".repeat(4)}.pdf`;
  await choose(page, file(name));
  await arrived(page, name);
  await choose(page, file(name.replace("pdf", "exe")));
  await expect(problem(page)).toBeVisible();
  const button = await page.getByRole("button", { name: `Remove ${name}` }).boundingBox();
  expect((button?.x ?? 360) + (button?.width ?? 360)).toBeLessThanOrEqual(360);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectAccessible(page);
});

test("without the app files are chosen, refused, removed and sent with the form", async ({ server, newBrowser }) => {
  const it = await world(server, newBrowser);
  await publishForm(it.admin, it.program, (fields) => [...fields, PLAN]);
  const page = await newBrowser({ javaScriptEnabled: false });
  await page.goto("/signin");
  await page.getByLabel("Email").fill(it.partnerPerson.email);
  await page.getByLabel("Password").fill(it.partnerPerson.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/signin/);
  await page.goto(`/p/${it.membership}/deals/new`);
  await expect(page.locator("#plan-hint")).toHaveText("PDF, TXT, up to 10 files, 1 MB each");
  await expect(page.getByText("You can also drop files here.")).toBeHidden();
  await fill(page, "Plain Files Ltd");
  await choose(page, file("run.exe"), file("a.pdf"));
  await submitButton(page).click();
  await expect(problem(page)).toContainText("Floor plan must be a file of type pdf, txt");
  await expect(line(page, "a.pdf")).toContainText("2 kB");
  await page.getByRole("button", { name: "Remove run.exe" }).click();
  await expect(line(page, "run.exe")).toHaveCount(0);
  await choose(page, file("b.txt"));
  await submitButton(page).click();
  await page.getByRole("link", { name: "Open the deal" }).click();
  const answers = page.locator("[data-part=answers]");
  for (const name of ["a.pdf", "b.txt"]) {
    await expect(answers.getByRole("link", { name })).toBeVisible();
  }
  await expect(answers).not.toContainText("run.exe");
});
