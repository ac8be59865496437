import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { launchBrowser, SCREENS } from "./browser.ts";
import { type BrowserCloud, startBrowserCloud } from "./cloud.ts";
import { signIn } from "./sign-in.ts";

/** The one local cloud and the one browser of all journeys. */
export interface Site extends BrowserCloud {
  browser: Browser;
  consoleUrl: string;
  /** A signed-in person's page in a browser of their own; it fails for whatever the page reports as an error. */
  withPage(name: string, run: (page: Page) => Promise<void>): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const [cloud, browser] = await Promise.all([startBrowserCloud(), launchBrowser()]);
  const { consoleUrl } = cloud.platform.cloud;
  return {
    ...cloud,
    browser,
    consoleUrl,
    async withPage(name, run) {
      const { width, height } = SCREENS[0];
      const context = await browser.newContext({ viewport: { width, height } });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      // A decision that comes too late is answered by 410, which the browser reports as well.
      page.on("console", (message) => {
        if (message.type() === "error" && !/status of 410/.test(message.text())) problems.push(message.text());
      });
      try {
        await signIn(page, consoleUrl, name);
        await run(page);
        expect(problems).toEqual([]);
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await cloud.close();
    },
  };
}
