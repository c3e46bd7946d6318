import { fill } from "../support/registering.ts";
import { expect, test } from "../support/test.ts";
import { world } from "../support/world.ts";

test("sign in, register, approve, decline and move work without JavaScript", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const plain = { javaScriptEnabled: false };
  const partner = await newBrowser(plain);
  await partner.goto("/signin");
  await partner.getByLabel("Email").fill(w.partnerPerson.email);
  await partner.getByLabel("Password").fill(w.partnerPerson.password);
  await partner.getByRole("button", { name: "Sign in" }).click();
  await expect(partner).not.toHaveURL(/signin/);

  const register = async (customer: string): Promise<string> => {
    await partner.goto(`/p/${w.membership}/deals/new`);
    await fill(partner, customer);
    await partner.getByRole("button", { name: "Register a Deal" }).click();
    await expect(partner).toHaveURL(/\/registered/);
    return /deal_\w+/.exec(partner.url())?.[0] ?? "";
  };
  const deal = await register("Plain Paper");
  const unwanted = await register("Plain Refusal");

  const admin = await newBrowser(plain);
  await admin.goto("/signin");
  await admin.getByLabel("Email").fill(w.adminPerson.email);
  await admin.getByLabel("Password").fill(w.adminPerson.password);
  await admin.getByRole("button", { name: "Sign in" }).click();
  await admin.goto(`/c/${w.program}/review?deal=${deal}`);
  await admin.getByRole("radio", { name: "Approve" }).check();
  await admin.getByRole("button", { name: "Send decision" }).click();
  await expect(admin).toHaveURL(/\/review$/);

  await admin.goto(`/c/${w.program}/review?deal=${unwanted}`);
  await admin.getByRole("radio", { name: "Decline" }).check();
  await admin.getByLabel("Text for the partner").fill("We do not sell paper there.");
  await admin.getByRole("button", { name: "Send decision" }).click();
  await expect(admin).toHaveURL(/\/review$/);
  await partner.goto(`/p/${w.membership}/deals/${unwanted}`);
  await expect(partner.getByText("The registration was declined").first()).toBeVisible();
  await expect(partner.getByText("We do not sell paper there.").first()).toBeVisible();

  await partner.goto(`/p/${w.membership}/deals/${deal}`);
  await partner.getByLabel("Move to stage").selectOption({ label: "Proposal" });
  await partner.getByRole("button", { name: "Move", exact: true }).click();
  await expect(partner.getByText("moved the deal from Qualified to Proposal").first()).toBeVisible();

  // A stage that asks something first asks it in the page, says what is missing, and goes on when it is answered.
  await partner.getByLabel("Move to stage").selectOption({ label: "Closed lost" });
  await partner.getByRole("button", { name: "Move", exact: true }).click();
  const question = partner.locator("[data-part=question]");
  await question.getByRole("button").click();
  await expect(partner.getByText("Choose why the deal was lost.").first()).toBeVisible();
  await question.getByRole("combobox").selectOption({ index: 1 });
  await question.getByRole("button").click();
  await expect(partner.getByText("moved the deal from Proposal to Closed lost").first()).toBeVisible();
});
