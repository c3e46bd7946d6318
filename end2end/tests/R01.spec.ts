import { expect, ready, test } from "../support/test.ts";
import { call, joinAs, newProgram, next, world } from "../support/world.ts";

test("R01 only an active member with an active membership registers deals", { tag: "@postgres" }, async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/40[34]/);
  const { admin, partner, program, membership, company } = await world(server, newBrowser);

  await partner.goto(`/p/${membership}/deals/new`);
  await expect(partner.getByRole("heading", { level: 1 })).toContainText("Register a Deal");

  // An outsider: a partner of another program of the same company.
  const other = await newProgram(admin, company, `Other ${next()}`);
  const outsider = await newBrowser();
  await joinAs(admin, outsider, other, "Outsider", `out-${process.pid}-${next()}@outsider.example`);
  await outsider.goto("/");
  await ready(outsider);
  await outsider.getByRole("button", { name: "Your programs" }).click();
  await expect(outsider.locator(`a[href*="${membership}"]`)).toHaveCount(0);
  const page = await outsider.goto(`/p/${membership}/deals/new`);
  expect(page?.status()).toBe(404);
  await expect(outsider.getByRole("heading", { level: 1 })).toHaveText("Page not found");
  expect((await call(outsider, "partner_frame", { membership })).status).toBe(404);

  // Suspended: the deals stay to be seen, the form is gone.
  await admin.goto(`/c/${program}/partners`);
  await ready(admin);
  await admin.getByRole("button", { name: /^Suspend/ }).click();
  await admin.getByRole("button", { name: /^Yes: Suspend/ }).click();
  await expect(admin.getByText("Suspended", { exact: true })).toBeVisible();
  await partner.goto(`/p/${membership}/deals`);
  await expect(partner.getByRole("link", { name: "Register a Deal" })).toHaveCount(0);

  // Ended: nothing is there any more.
  await admin.getByRole("button", { name: /^End/ }).click();
  await admin.getByRole("button", { name: /^Yes: End/ }).click();
  await expect(admin.getByText("Ended", { exact: true })).toBeVisible();
  const gone = await partner.goto(`/p/${membership}/deals`);
  expect(gone?.status()).toBe(404);
});
