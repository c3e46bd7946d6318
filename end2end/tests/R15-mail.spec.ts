import { linkIn } from "../support/mail.ts";
import { dealView, registered, verdict } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { call, done, signIn, world } from "../support/world.ts";

test("R15 the company is told of a registration by email, and the partner of the verdict", { tag: "@postgres" }, async ({
  office,
}) => {
  const { server, catcher, newBrowser } = office;
  const w = await world(server, newBrowser);
  const deal = await registered(w, "Hale & Moss");
  const { number } = await dealView(w, deal);
  const company = w.adminPerson.email;
  await expect.poll(() => catcher.to(company).length).toBe(1);
  const [told] = catcher.to(company);
  expect(told?.subject).toBe(`${number} Hale & Moss: new registration`);
  expect(told?.text).toContain(`${w.partnerPerson.name} registered the deal as ${number}.`);
  expect(told?.html).toContain("Hale &amp; Moss");
  const link = linkIn(told!, "/deals/");
  expect(told?.html).toContain(`href="${link}"`);
  await w.admin.goto(link);
  await expect(w.admin.getByRole("heading", { level: 1, name: "Hale & Moss" })).toBeVisible();

  // The partner was invited by mail before: that one came first.
  const partner = w.partnerPerson.email;
  await verdict(w, deal, "decline", "We do not sell <b>there</b>.");
  await expect.poll(() => catcher.to(partner).map(({ subject }) => subject)).toContain(`${number} Hale & Moss: declined`);
  const heard = catcher.to(partner).at(-1)!;
  expect(heard.text).toContain("> We do not sell <b>there</b>.");
  expect(heard.html).toContain("We do not sell &lt;b&gt;there&lt;/b&gt;.");
  await w.partner.goto(linkIn(heard, "/deals/"));
  await expect(w.partner.getByText("The registration was declined").first()).toBeVisible();
  // Nobody is told of what they did themselves, and nobody twice.
  expect(catcher.to(company)).toHaveLength(1);
  expect(new Set(catcher.to(partner).map(({ id }) => id)).size).toBe(catcher.to(partner).length);
});

test("an invitation and a password reset come by email, and their links work", async ({ office }) => {
  const { server, catcher, newBrowser } = office;
  const w = await world(server, newBrowser);
  await w.admin.goto(`/company/${w.company}/team`);
  await w.admin.locator("section[aria-label=Members][data-ready]").waitFor();
  await w.admin.getByLabel("Email address").fill("rita@altostrat.example");
  await w.admin.getByRole("button", { name: "Make an invitation link" }).click();
  await expect(w.admin.getByText("It is on its way by email.")).toBeVisible();
  await expect.poll(() => catcher.to("rita@altostrat.example").length).toBe(1);
  const [invited] = catcher.to("rita@altostrat.example");
  expect(invited?.subject).toBe("Mara Lind invites you to Altostrat");
  const rita = await newBrowser();
  await rita.goto(linkIn(invited!, "/invite/"));
  await expect(rita.getByText("Altostrat").first()).toBeVisible();

  // Who may read the outbox cannot use the links in it.
  await w.admin.goto(`/company/${w.company}/mail`);
  const row = w.admin.getByRole("main").getByRole("listitem").filter({ hasText: "rita@altostrat.example" });
  await row.getByText("Read it").click();
  await expect(row).toContainText("/invite/\u2026");
  const token = linkIn(invited!, "/invite/").split("/").pop() ?? "";
  expect(await w.admin.content()).not.toContain(token);

  const person = w.partnerPerson;
  const forgetful = await newBrowser();
  await forgetful.goto("/reset");
  await forgetful.locator("form[data-ready]").waitFor();
  await forgetful.getByLabel("Email address").fill(person.email);
  await forgetful.getByRole("button", { name: "Ask for a reset link" }).click();
  await expect(forgetful.getByRole("status")).toContainText("on its way to it by email");
  await expect.poll(() => catcher.to(person.email).map(({ subject }) => subject)).toContain("Set a new password");
  const reset = catcher.to(person.email).find(({ subject }) => subject === "Set a new password")!;
  await forgetful.goto(linkIn(reset, "/reset/"));
  await forgetful.locator("form[data-ready]").waitFor();
  await forgetful.getByLabel("New password").fill("another horse battery");
  await forgetful.getByRole("button", { name: "Set the new password" }).click();
  await expect(forgetful).toHaveURL(/\/signin/);
  await signIn(forgetful, { ...person, password: "another horse battery" });
  // A reset is nobody's business but its account's.
  await w.admin.goto(`/company/${w.company}/mail`);
  await expect(w.admin.getByRole("main")).not.toContainText("Set a new password");
});

test("each is told by the channels they chose, also without JavaScript", async ({ office }) => {
  const { server, catcher, newBrowser } = office;
  const w = await world(server, newBrowser);
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.goto("/signin");
  await plain.getByLabel("Email").fill(w.adminPerson.email);
  await plain.getByLabel("Password").fill(w.adminPerson.password);
  await plain.getByRole("button", { name: "Sign in" }).click();
  await plain.goto("/account/notifications");
  const box = plain.getByRole("checkbox", { name: /A partner registers .*: By email/ });
  await expect(box).toBeChecked();
  // What concerns partners is not offered to who is none.
  await expect(plain.getByRole("checkbox", { name: /The company decides/ })).toHaveCount(0);
  await box.uncheck();
  await plain.getByRole("button", { name: "Save" }).click();
  await expect(plain.getByText("Your choices are saved.")).toBeVisible();
  await expect(box).not.toBeChecked();
  await expect(plain.getByRole("checkbox", { name: /A partner registers .*: In the app/ })).toBeChecked();

  await done(call(w.admin, "read_notices"));
  const deal = await registered(w, "Quiet Ltd");
  await w.admin.goto("/notifications");
  await expect(w.admin.getByRole("main").getByRole("link").filter({ hasText: "Quiet Ltd" })).toBeVisible();
  await verdict(w, deal, "approve");
  await expect.poll(() => catcher.to(w.partnerPerson.email).map(({ subject }) => subject)).toContainEqual(expect.stringContaining("approved"));
  // Written later than the registration, and here: what was not wanted would have come before.
  expect(catcher.to(w.adminPerson.email)).toHaveLength(0);
});
