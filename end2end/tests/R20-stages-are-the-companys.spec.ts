import { approvedDeal } from "../support/deals.ts";
import { expect, ready, test } from "../support/test.ts";
import { newProgram, world } from "../support/world.ts";

test("R20 a stage in use is retired only with a mapping, and the history keeps its name", async ({
  server,
  newBrowser,
}) => {
  const w = await world(server, newBrowser);
  const deal = await approvedDeal(w, "Hale and Moss");
  await w.admin.goto(`/c/${w.program}/stages`);
  await ready(w.admin);
  await w.admin.getByRole("button", { name: "Remove Qualified" }).click();
  await w.admin.getByRole("button", { name: "Save stages" }).click();
  await expect(w.admin.getByRole("alert")).toContainText("Say where the deals in \u201cQualified\u201d go");
  await w.admin.getByLabel("Deals in \u201cQualified\u201d go to").selectOption({ label: "Proposal" });
  await w.admin.getByRole("button", { name: "Save stages" }).click();
  await expect(w.admin.getByText("Stages saved").first()).toBeVisible();

  await w.partner.goto(`/p/${w.membership}/deals/${deal}`);
  await expect(w.partner.getByText("retired the stage Qualified; the deal moved to Proposal")).toBeVisible();
});

test("R20 a stage that holds deals keeps its kind, and each fault is said at its field", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await approvedDeal(w, "Hale and Moss");
  const page = w.admin;
  await page.goto(`/c/${w.program}/stages`);
  await ready(page);
  const first = page.getByRole("group", { name: "Qualified", exact: true });
  const kind = first.getByRole("combobox", { name: "Kind" });
  await kind.selectOption("Lost");
  // Said at once, and nothing is asked for that would not help.
  await expect(kind).toHaveAccessibleDescription(/holds deals, so its kind stays as it is/);
  await expect(page.getByLabel(/^Deals in/)).toHaveCount(0);
  await kind.selectOption("Open");
  await expect(kind).not.toHaveAttribute("aria-invalid", "true");

  await first.getByRole("textbox", { name: "Chance (%)" }).fill("101");
  await page.getByRole("group", { name: "Proposal" }).getByRole("textbox", { name: "Name" }).fill("qualified");
  await page.getByRole("button", { name: "Save stages" }).click();
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: "A chance of winning is between 0 and 100 per cent" }).click();
  await expect(first.getByRole("textbox", { name: "Chance (%)" })).toBeFocused();
  await expect(first.getByRole("textbox", { name: "Chance (%)" })).toHaveAccessibleDescription(/between 0 and 100/);
  const twice = page.getByRole("group", { name: "qualified", exact: true }).getByRole("textbox", { name: "Name" });
  await expect(twice).toHaveAccessibleDescription(/Two stages are called/);
});

test("R20 the last won stage stays", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  await w.admin.goto(`/c/${w.program}/stages`);
  await ready(w.admin);
  await w.admin.getByRole("button", { name: "Remove Closed won" }).click();
  await w.admin.getByRole("button", { name: "Save stages" }).click();
  await expect(w.admin.getByRole("alert")).toContainText("Keep at least one won stage");
});

test("R20 stages differ by program", async ({ server, newBrowser }) => {
  const w = await world(server, newBrowser);
  const other = await newProgram(w.admin, w.company, `Other ${w.program.slice(-6)}`);
  await w.admin.goto(`/c/${other}/stages`);
  await ready(w.admin);
  await w.admin.getByLabel("Name").first().fill("Discovery");
  await w.admin.getByRole("button", { name: "Save stages" }).click();
  await expect(w.admin.getByText("Stages saved").first()).toBeVisible();
  await w.admin.goto(`/c/${other}/deals`);
  await expect(w.admin.getByText("Discovery").first()).toBeVisible();
  await w.admin.goto(`/c/${w.program}/deals`);
  await expect(w.admin.getByText("Qualified").first()).toBeVisible();
  await expect(w.admin.getByText("Discovery")).toHaveCount(0);
});
