import type { Page } from "playwright-core";

/** Signs in through the local provider's page, as a person does; answers once the console shows its first page. */
export async function signIn(page: Page, consoleUrl: string, name: string) {
  await page.goto(consoleUrl);
  await page.getByRole("button", { name }).click();
  await page.waitForURL((url) => url.origin === consoleUrl && !url.pathname.startsWith("/sign-in"));
}
