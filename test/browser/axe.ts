import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What of a page can be right on one screen and wrong on another. */
const OF_SCREENS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"];

/** What axe finds against WCAG 2.2 A and AA, and whether the page is wider than the screen; `again`: on a further screen. */
export async function axeProblems(page: Page, { again = false } = {}): Promise<string[]> {
  // By the debugger's own way, which the page's policy does not forbid.
  await page.evaluate(source);
  const found = await page.evaluate(
    async (rules) => {
      const axe = (
        globalThis as unknown as {
          axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe;
      const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await axe.run({
        runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values },
      });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
    },
    again ? OF_SCREENS : null,
  );
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return isWide ? [...found, "The page is wider than the screen."] : found;
}
