import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { colleague } from "../support/drafts.ts";
import { expect, test } from "../support/test.ts";
import { signIn, world } from "../support/world.ts";

const opener = (page: Page): Locator => page.getByRole("button", { name: "Views", exact: true });

async function openDeals(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("#saved-views[data-ready]").waitFor({ state: "attached" });
}

async function openMenu(page: Page): Promise<Locator> {
  await opener(page).click();
  const menu = page.locator("#saved-views");
  await expect(menu).toBeVisible();
  return menu;
}

/** Opens "Save this view" and gives its dialog. */
async function saving(page: Page): Promise<Locator> {
  const menu = await openMenu(page);
  await menu.getByRole("button", { name: "Save this view" }).click();
  return page.getByRole("dialog", { name: "Save this view" });
}

test("a view is saved, marked, followed, shared, renamed and deleted", async ({ server, newBrowser, problems }) => {
  problems.allow(/status of 422/);
  const here = await world(server, newBrowser);
  const { partner, admin } = here;
  const deals = `/p/${here.membership}/deals`;
  await openDeals(partner, `${deals}?stuck=1&search=tern&view=list`);
  await expect(await openMenu(partner)).toContainText("No views yet.");
  await partner.keyboard.press("Escape");
  await expect(opener(partner)).toBeFocused();

  const dialog = await saving(partner);
  const name = dialog.getByLabel("Name");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/Enter a name/);
  await name.fill("Stuck at Tern");
  await dialog.getByRole("checkbox", { name: "Share with the team" }).check();
  await expectAccessible(partner);
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(partner.locator(".toast")).toContainText("Saved the view Stuck at Tern.");
  await expect(dialog).toBeHidden();
  await expect(opener(partner)).toBeFocused();
  const link = (await openMenu(partner)).getByRole("link", { name: /^Stuck at Tern/ });
  await expect(link).toHaveAttribute("aria-current", "true");
  await expectAccessible(partner);
  await partner.keyboard.press("Escape");

  // The same name in other letters is refused at the input.
  const again = await saving(partner);
  await again.getByLabel("Name").fill("STUCK at tern");
  await again.getByRole("button", { name: "Save view" }).click();
  await expect(again.getByLabel("Name")).toHaveAccessibleDescription(/You have a view of that name/);
  await again.getByRole("button", { name: "Cancel" }).click();

  // A colleague uses it and does not change it; the company does not have it, and keeps its own.
  const second = await colleague(here, await newBrowser(), "Otto Brandt");
  await openDeals(second, deals);
  const shared = await openMenu(second);
  await expect(shared).toContainText("Shared by your team");
  await expect(shared).toContainText("Nadia Okafor");
  await expect(shared.getByRole("button", { name: /Stuck at Tern/ })).toHaveCount(0);
  await expect(shared.getByRole("link", { name: /^Stuck at Tern/ })).not.toHaveAttribute("aria-current");
  await shared.getByRole("link", { name: /^Stuck at Tern/ }).click();
  await expect(second).toHaveURL(/view=list/);
  await expect(second.getByRole("searchbox", { name: "Search deals" })).toHaveValue("tern");
  await expect(second.getByRole("link", { name: "Stuck", exact: true })).toHaveAttribute("aria-current", "true");
  await expect(shared).toBeHidden();
  await openDeals(admin, `/c/${here.program}/deals?closing=1`);
  const companys = await saving(admin);
  await companys.getByLabel("Name").fill("Closes soon");
  await companys.getByRole("button", { name: "Save view" }).click();
  await expect(companys).toBeHidden();
  await expect((await openMenu(admin)).getByRole("link")).toHaveText(["Closes soon"]);

  // Without scripts the menu is links.
  const plain = await newBrowser({ javaScriptEnabled: false });
  await signIn(plain, here.partnerPerson);
  await plain.goto(deals);
  const links = await openMenu(plain);
  await expect(links.getByRole("button")).toHaveCount(0);
  await links.getByRole("link", { name: /^Stuck at Tern/ }).click();
  await expect(plain).toHaveURL(/stuck=1/);
  await expect(plain.getByRole("searchbox", { name: "Search deals" })).toHaveValue("tern");

  // Renamed and taken back, it is gone for the colleague.
  await (await openMenu(partner)).getByRole("button", { name: "Edit Stuck at Tern" }).click();
  const edit = partner.getByRole("dialog", { name: "Edit Stuck at Tern" });
  await edit.getByLabel("Name").fill("Tern only");
  await edit.getByRole("checkbox", { name: "Share with the team" }).uncheck();
  await edit.getByRole("button", { name: "Save view" }).click();
  await expect(edit).toBeHidden();
  await openDeals(second, deals);
  await expect(await openMenu(second)).toContainText("No views yet.");
  await (await openMenu(partner)).getByRole("button", { name: "Edit Tern only" }).click();
  await partner.getByRole("button", { name: "Delete Tern only", exact: true }).click();
  await partner.getByRole("button", { name: "Yes: Delete Tern only" }).click();
  await expect(partner.locator(".toast").last()).toContainText("Deleted the view Tern only.");
  await expect(await openMenu(partner)).toContainText("No views yet.");
});
