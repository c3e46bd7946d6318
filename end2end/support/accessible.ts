import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

const SCHEMES = ["light", "dark"] as const;

/** No serious finding of axe on the page as it is now, in the light and the dark scheme. */
export async function expectAccessible(page: Page): Promise<void> {
  // What lies half under the sticky head would be called too small a target.
  const before = await scrolledTo(page, 0);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    const { violations } = await new AxeBuilder({ page })
      // Else it gathers its results in a second page, and one behind another gets no frames: nothing in it comes to rest.
      .setLegacyMode()
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const serious = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}`).join("\n")}`);
    expect(serious, `axe in the ${colorScheme} scheme on ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
  await scrolledTo(page, before);
}

/** Scrolls the page there at once; gives where it was. */
async function scrolledTo(page: Page, top: number): Promise<number> {
  return page.evaluate((top) => {
    const before = window.scrollY;
    window.scrollTo({ top, behavior: "instant" });
    return before;
  }, top);
}

/** Colours fade into the other scheme, and half way they are nobody's choice: the fading is brought to its end. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      // Waiting for the end would cost every look at a page a while.
      if (animation instanceof CSSTransition) animation.finish();
    }
  });
}
