import type { Page } from "playwright-core";

/** Signs in through the local provider's page, as a person does. */
export async function signIn(page: Page, consoleUrl: string, name: string) {
  await page.goto(consoleUrl);
  await page.getByRole("button", { name }).click();
  await page.getByText(name, { exact: true }).first().waitFor();
}
