import type { Page } from "@playwright/test";
import { publishForm } from "../support/forms.ts";
import { complete, openForm, openPage, send } from "../support/registering.ts";
import { expect, ready, test } from "../support/test.ts";
import { call, done, signIn } from "../support/world.ts";

const PASSWORD = "dealboard-demo";

interface Program {
  href: string;
  company: string;
}

async function programs(page: Page): Promise<Program[]> {
  return ((await done(call(page, "viewer"))) as { programs: Program[] }).programs;
}

test("R07 one partner with two companies: two forms, two boards, and neither takes the other's answers", async ({
  demo,
  newBrowser,
  problems,
}) => {
  problems.allow(/status of 422/);
  const admin = await newBrowser({ baseURL: demo.url });
  await signIn(admin, { name: "Lena Fischer", email: "lena@larkspur.example", password: PASSWORD });
  const program = /prog_\w+/.exec((await programs(admin))[0]?.href ?? "")?.[0] ?? "";
  await publishForm(admin, program, (fields) => [...fields, { key: "payslips", kind: "text", label: "Payslips a month" }]);

  const page = await newBrowser({ baseURL: demo.url });
  await signIn(page, { name: "Nadia Okafor", email: "nadia@brightwater.example", password: PASSWORD });
  const own = await programs(page);
  const membership = (company: string): string =>
    /mem_\w+/.exec(own.find((one) => one.company === company)?.href ?? "")?.[0] ?? "";
  const [payroll, robots] = [membership("Larkspur Payroll"), membership("Tidewater Robotics")];

  await openPage(page, payroll);
  await expect(page.getByLabel("Payslips a month")).toBeVisible();
  await expect(page.getByLabel("Process to automate")).toHaveCount(0);
  await openPage(page, robots);
  await expect(page.getByLabel("Process to automate")).toBeVisible();
  await expect(page.getByLabel("Payslips a month")).toHaveCount(0);

  for (const [at, own, foreign] of [
    [payroll, "Introduced", "Site survey"],
    [robots, "Site survey", "Introduced"],
  ] as const) {
    await page.goto(`/p/${at}/deals`);
    await ready(page);
    await expect(page.getByRole("heading", { level: 2, name: own, exact: true })).toBeVisible();
    await expect(page.getByText(foreign)).toHaveCount(0);
  }

  const there = { membership: payroll, partner: page };
  const form = await openForm(there);
  const refused = await send(there, form, { ...complete("Two Doors Ltd"), process: ["welding"] });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ why: { fields: [{ field: "process", problem: { code: "unknown_field" } }] } });
  expect((await send(there, form, { ...complete("Two Doors Ltd"), payslips: ["300"] })).status).toBe(200);
});
