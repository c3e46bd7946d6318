import { expect, ready, test } from "../support/test.ts";
import { call, newProgram, next, world } from "../support/world.ts";

test("R09 'Your programs' stands in the header of every partner page, and finds a program by name", async ({
  server,
  newBrowser,
}) => {
  const { admin, company, partner, membership, partnerName, partnerPerson } = await world(server, newBrowser);
  const name = `Zephyr ${process.pid}-${next()}`;
  const program = await newProgram(admin, company, name);
  const link = (await call(admin, "invite_partner", { program, partner_name: partnerName, email: partnerPerson.email }))
    .body as { path: string };
  await partner.goto(link.path);
  await partner.getByLabel("Join with").selectOption({ label: partnerName });
  await partner.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(partner.getByRole("heading", { level: 1, name: "Partner Dashboard" })).toBeVisible();

  for (const path of ["/", `/p/${membership}/summary`, `/p/${membership}/deals`, "/account/sessions"]) {
    await partner.goto(path);
    await ready(partner);
    await expect(partner.getByRole("banner").getByRole("button", { name: "Your programs" })).toBeVisible();
  }
  await partner.getByRole("button", { name: "Your programs" }).click();
  await partner.getByRole("searchbox", { name: "Find a program" }).fill("zeph");
  await expect(partner.getByRole("banner").getByRole("link", { name: /^Program/ })).toHaveCount(0);
  await partner.keyboard.press("Enter");
  await expect(partner).toHaveURL(/\/p\/mem_\w+\/summary$/);
  await expect(partner.getByRole("banner")).toContainText(name);

  // The last choice is kept: elsewhere it comes first, and Enter leads back.
  await ready(partner);
  await partner.goto("/account/sessions");
  await ready(partner);
  await partner.getByRole("button", { name: "Your programs" }).click();
  await expect(partner.locator(".switcher__item").first()).toContainText(`${name}`);
  await expect(partner.locator(".switcher__item").first()).toContainText("opened last");
  await partner.keyboard.press("Enter");
  await expect(partner.getByRole("banner")).toContainText(name);
});
