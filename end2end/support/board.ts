import { type Locator, type Page, expect } from "@playwright/test";

/** A program's board as a person works with it: by names, never by ids. */
export class Board {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the board and waits until it listens. */
  async open(path: string): Promise<this> {
    await this.page.goto(path);
    await this.awake();
    return this;
  }

  async awake(): Promise<void> {
    await this.page.locator(".board[data-ready]").waitFor();
  }

  column(stage: string): Locator {
    const heading = this.page.getByRole("heading", { level: 2, name: stage, exact: true });
    return this.page.locator("section.board__column").filter({ has: heading });
  }

  cards(stage: string): Locator {
    return this.column(stage).locator(".deal-card");
  }

  card(customer: string): Locator {
    return this.page
      .locator(".deal-card")
      .filter({ has: this.page.getByRole("link", { name: customer, exact: true }) });
  }

  handle(customer: string): Locator {
    return this.page.getByRole("button", { name: `Move ${customer}`, exact: true });
  }

  /** The customers of a column, from top to bottom. */
  async names(stage: string): Promise<string[]> {
    return this.column(stage).locator(".deal-card__customer").allTextContents();
  }

  async count(stage: string): Promise<number> {
    return Number.parseInt((await this.column(stage).locator(".board__count").innerText()).trim(), 10);
  }

  /** What a screen reader heard last. */
  get said(): Locator {
    return this.page.locator("[data-announcer]");
  }

  get toast(): Locator {
    return this.page.locator(".toast");
  }

  async expectIn(stage: string, customer: string): Promise<void> {
    await expect(this.column(stage).getByRole("link", { name: customer, exact: true })).toBeVisible();
  }

  /** Presses the card; gives the sheet that shows its deal. */
  async glance(customer: string): Promise<Locator> {
    await this.card(customer).getByRole("link", { name: customer, exact: true }).click();
    const sheet = this.page.locator('[data-part="quick-view"]');
    await expect(sheet.getByRole("heading", { level: 2, name: customer, exact: true })).toBeVisible();
    return sheet;
  }

  /** Goes on to the deal's own page. */
  async openDeal(customer: string): Promise<void> {
    const sheet = await this.glance(customer);
    await sheet.getByRole("link", { name: "Open the deal" }).click();
    await expect(this.page).toHaveURL(/\/deals\/deal_/);
  }

  /** Takes the card with the mouse and holds it over the middle of a column's first slot. */
  async carry(customer: string, stage: string): Promise<void> {
    const from = await middle(this.card(customer));
    const list = await box(this.column(stage).locator(".board__list"));
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + 8, from.y + 4, { steps: 3 });
    await this.page.mouse.move(list.x + list.width / 2, list.y + 40, { steps: 12 });
  }

  async drag(customer: string, stage: string): Promise<void> {
    await this.carry(customer, stage);
    await expect(this.column(stage)).toHaveAttribute("data-over", "");
    await this.page.mouse.up();
  }

  /** Opens the card's menu and chooses. */
  async choose(customer: string, choice: string): Promise<void> {
    await this.page.getByRole("link", { name: `Move to stage: ${customer}`, exact: true }).click();
    await this.page.locator(".board-menu").getByRole("button", { name: choice }).click();
  }
}

async function box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await locator.scrollIntoViewIfNeeded();
  const found = await locator.boundingBox();
  if (found === null) {
    throw new Error(`${locator.toString()} is not on the screen`);
  }
  return found;
}

export async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await box(locator);
  return { x: x + width / 2, y: y + height / 2 };
}
