import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { registered } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { type World, world } from "../support/world.ts";

/** The outbox once the newest mail of that customer's deal stands there as said. */
async function outboxShows(w: World, customer: string, state: string, error: RegExp): Promise<ReturnType<Page["getByRole"]>> {
  const row = w.admin.getByRole("main").getByRole("listitem").filter({ hasText: `${customer}: new registration` });
  await expect(async () => {
    await w.admin.goto(`/company/${w.company}/mail`);
    await expect(row).toContainText(state, { timeout: 500 });
    await expect(row.locator("[data-part=error]")).toContainText(error, { timeout: 500 });
  }).toPass();
  return row;
}

async function retried(w: World, customer: string): Promise<void> {
  await w.admin.locator("section[data-ready]").waitFor();
  await w.admin.getByRole("button", { name: new RegExp(`^Try again: .*${customer}`) }).click();
}

test("a refused mail is a dead letter that is shown and tried again", async ({ office }) => {
  const { server, catcher, newBrowser } = office;
  const w = await world(server, newBrowser);
  const to = w.adminPerson.email;
  catcher.treat(to, "refuse");
  await registered(w, "Refused Ltd");
  await outboxShows(w, "Refused Ltd", "Not delivered", /No such mailbox here/);
  await w.admin.goto(`/company/${w.company}/mail?state=dead`);
  await expect(w.admin.getByRole("main").getByRole("listitem")).toHaveCount(1);
  await expectAccessible(w.admin);
  catcher.treat(to, "take");
  await retried(w, "Refused Ltd");
  await expect(w.admin.getByText("Every mail was delivered, or still can be.")).toBeVisible();
  await expect.poll(() => catcher.to(to).length).toBe(1);
});

test("a mail that is put off, not answered or met by a dead server waits, and goes out later", async ({ office }) => {
  const { server, catcher, newBrowser } = office;
  const w = await world(server, newBrowser);
  const to = w.adminPerson.email;
  const cases = [
    { customer: "Later Ltd", error: /Greylisted, come back/, fail: () => catcher.treat(to, "later") },
    { customer: "Silent Ltd", error: /./, fail: () => catcher.treat(to, "silent") },
    { customer: "Dead Ltd", error: /refused/i, fail: () => catcher.stop(), mend: () => catcher.start() },
  ];
  for (const { customer, error, fail, mend } of cases) {
    await fail();
    await registered(w, customer);
    const row = await outboxShows(w, customer, "Waiting", error);
    await expect(row).toContainText("tried once, next try");
    catcher.treat(to, "take");
    await mend?.();
    await retried(w, customer);
    await expect.poll(() => catcher.to(to).filter(({ subject }) => subject.includes(customer)).length).toBe(1);
  }
});

test("without a mail server mail is kept and shown", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await registered(w, "Kept Ltd");
  await w.admin.goto(`/company/${w.company}/mail`);
  await expect(w.admin.getByText("No mail server is set")).toBeVisible();
  // Whoever else joined the company is written to as well.
  const told = w.admin.getByRole("main").getByRole("listitem").filter({ hasText: "Kept Ltd: new registration" });
  const row = told.filter({ hasText: w.adminPerson.email });
  await expect(row).toContainText("Kept, not sent");
  await row.getByText("Read it").click();
  await expect(row).toContainText(`${w.partnerPerson.name} registered the deal as`);
  await expect(row.getByRole("button", { name: /Try again/ })).toHaveCount(0);
});
