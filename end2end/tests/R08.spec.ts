import { expect, test } from "../support/test.ts";
import { call, newProgram, next, signIn, world } from "../support/world.ts";

test("R08 signing in lands on the dashboard with all my programs", { tag: "@postgres" }, async ({
  server,
  newBrowser,
  page,
}) => {
  const { admin, company, partner, partnerPerson, partnerName } = await world(server, newBrowser);
  const second = `Second ${process.pid}-${next()}`;
  const program = await newProgram(admin, company, second);
  const link = (await call(admin, "invite_partner", { program, partner_name: partnerName, email: partnerPerson.email }))
    .body as { path: string };
  // The same team joins another program: accepted by who is signed in.
  await partner.goto(link.path);
  await partner.getByLabel("Join with").selectOption({ label: partnerName });
  await partner.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(partner.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();

  await signIn(page, partnerPerson);
  await expect(page.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();
  const programs = page.getByRole("region", { name: "Programs" });
  await expect(programs.getByRole("article")).toHaveCount(2);
  await programs.getByRole("link", { name: second }).click();
  await expect(page).toHaveURL(/\/p\/mem_\w+\/summary$/);
});
