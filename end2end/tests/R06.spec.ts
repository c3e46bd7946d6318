import { complete, fill, openForm, openPage, send, submitButton, takeRegistrations } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { boardOf } from "../support/working.ts";
import { call, world } from "../support/world.ts";

test("R06 registering comes and goes with the company's switch, in open pages", { tag: "@postgres" }, async ({
  server,
  newBrowser,
}) => {
  const { admin, partner, program, membership } = await world(server, newBrowser);
  await call(admin, "switch_submissions", { program, open: "false" });
  await partner.goto(`/p/${membership}/deals`);
  await ready(partner);
  const register = partner.getByRole("link", { name: "Register a Deal" });
  await expect(register).toHaveCount(0);

  await admin.goto(`/c/${program}/settings`);
  await ready(admin);
  await admin.getByRole("button", { name: "Open submissions" }).click();
  await expect(admin.getByText("Partners register deals now.")).toBeVisible();
  // The other browser has not been touched.
  await expect(register.first()).toBeVisible();

  await admin.getByRole("button", { name: "Close submissions" }).click();
  const dialog = admin.getByRole("dialog", { name: "Close deal submissions?" });
  await dialog.getByRole("button", { name: "Keep open" }).click();
  await expect(dialog).toBeHidden();
  await expect(register.first()).toBeVisible();

  await admin.getByRole("button", { name: "Close submissions" }).click();
  await dialog.getByRole("button", { name: "Close submissions" }).click();
  await expect(admin.getByText("Partners cannot register deals.")).toBeVisible();
  await expect(register).toHaveCount(0);
});

test("R06 a form that was open before says why it is closed, and what it posts all the same is refused", async ({
  server,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 403/);
  const it = await world(server, newBrowser);
  const page = it.partner;
  const form = await openForm(it);
  await openPage(page, it.membership);
  await fill(page, "Too Late Ltd");
  await expect(page.locator("[data-part=save-state]")).toContainText("Saved");
  await takeRegistrations(it, false);
  await expect(page.getByRole("status").filter({ hasText: "does not take new deal registrations" })).toBeVisible();
  await expect(submitButton(page)).toHaveCount(0);

  const answer = await send(it, form, complete("Too Late Ltd"));
  expect(answer.status, JSON.stringify(answer.body)).toBe(403);
  expect(answer.body).toMatchObject({ code: "forbidden", why: { refusal: { refusal: "submissions_closed" } } });
  // The browser's own post, past the app: it leads to a page that says why.
  await page.locator("form[aria-label=Registration]").evaluate((element: HTMLFormElement) => element.submit());
  await expect(page.getByRole("heading", { level: 1, name: "Registration is closed" })).toBeVisible();
  await expect(page.getByText("does not take new deal registrations")).toBeVisible();
  const { waiting } = await boardOf(it);
  expect(waiting.map(({ customer, registration }) => [customer, registration])).toEqual([["Too Late Ltd", "draft"]]);

  // Nothing typed is lost: the doors open, and the draft is there.
  await takeRegistrations(it);
  await page.goto(`/p/${it.membership}/summary`);
  await page.getByRole("link", { name: "Too Late Ltd" }).click();
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Deal registered" })).toBeVisible();
});
