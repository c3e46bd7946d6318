import { type Page, test } from "@playwright/test";

const out = process.env["SCREENSHOTS"] ?? "../docs/screenshots";
const at = process.env["DEALBOARD_URL"] ?? "http://127.0.0.1:3000";

interface Look {
  name: string;
  width: number;
  height: number;
  dark?: boolean;
}

const DESKTOP: Look = { name: "", width: 1280, height: 800 };
const DARK: Look = { name: "-dark", width: 1280, height: 800, dark: true };
const PHONE: Look = { name: "-phone", width: 390, height: 844 };

async function shot(page: Page, name: string, path: string, looks: Look[] = [DESKTOP]): Promise<void> {
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.dark ? "dark" : "light", reducedMotion: "reduce" });
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.goto(at + path);
    await page.locator("[data-ready]").first().waitFor({ state: "attached" });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${out}/${name}${look.name}.png` });
  }
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${at}/signin`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("dealboard-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

async function href(page: Page, pattern: RegExp): Promise<string> {
  const hrefs = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const found = hrefs.find((path) => pattern.test(path));
  if (found === undefined) {
    throw new Error(`no link like ${pattern} on ${page.url()}`);
  }
  return found;
}

test("the partner's pages", async ({ page }) => {
  await shot(page, "sign-in", "/signin");
  await signIn(page, "nadia@brightwater.example");
  await shot(page, "dashboard", "/", [DESKTOP, DARK, PHONE]);
  const program = /^\/p\/[^/]+/.exec(await href(page, /^\/p\/[^/]+/))?.[0] ?? "";
  await shot(page, "summary", `${program}/summary`, [DESKTOP, PHONE]);
  await shot(page, "board", `${program}/deals`, [DESKTOP, DARK, PHONE]);
  const deal = await href(page, /^\/p\/[^/]+\/deals\/deal_/);
  await shot(page, "deal", deal, [DESKTOP, PHONE]);
  await shot(page, "list", `${program}/deals?view=list`);
  await shot(page, "register", `${program}/deals/new`, [DESKTOP, PHONE]);
  await shot(page, "commissions", `${program}/commissions`, [DESKTOP, PHONE]);
  await shot(page, "messages", `${program}/messages`, [DESKTOP, DARK, PHONE]);
  await shot(page, "notifications", "/notifications");
  await shot(page, "notice-choices", "/account/notifications", [DESKTOP, PHONE]);
});

test("the company's pages", async ({ page }) => {
  await signIn(page, "mara@altostrat.example");
  const program = /^\/c\/[^/]+/.exec(await href(page, /^\/c\/[^/]+/))?.[0] ?? "";
  await shot(page, "review", `${program}/review`, [DESKTOP, DARK, PHONE]);
  await shot(page, "company-board", `${program}/deals`);
  await shot(page, "company-messages", `${program}/messages`, [DESKTOP, PHONE]);
  await shot(page, "company-thread", await href(page, /^\/c\/[^/]+\/messages\/mem/), [DESKTOP, DARK]);
  await shot(page, "form-editor", `${program}/form`, [DESKTOP, DARK, PHONE]);
  await shot(page, "stages", `${program}/stages`);
  await shot(page, "customers", `${program}/customers`);
  await shot(page, "customer", await href(page, /^\/c\/[^/]+\/customers\//));
  await shot(page, "partners", `${program}/partners`);
  await shot(page, "offers", `${program}/offers`, [DESKTOP, DARK, PHONE]);
  await shot(page, "offer-editor", `${program}/offers/new`, [DESKTOP, PHONE]);
  await shot(page, "company-commissions", `${program}/commissions`, [DESKTOP, DARK, PHONE]);
  await shot(page, "company-commission", await href(page, /^\/c\/[^/]+\/commissions\/comm/));
  await shot(page, "settings", `${program}/settings`);
  const company = /^\/company\/[^/]+/.exec(await href(page, /^\/company\/[^/]+\/webhooks/))?.[0] ?? "";
  await shot(page, "webhook", `${company}/webhooks/new`, [DESKTOP, PHONE]);
  await shot(page, "api-keys", `${company}/keys`, [DESKTOP, PHONE]);
  await shot(page, "import", `${program}/import`, [DESKTOP, DARK, PHONE]);
});
