import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launchBrowser, SCREENS } from "./browser.ts";
import { startBrowserCloud } from "./cloud.ts";
import { requests } from "./requests.ts";
import { signIn } from "./sign-in.ts";

/** Takes the pictures of the documentation: `npm run pictures [-- FOLDER]`; with a folder, every page on every screen. */
const [everything] = process.argv.slice(2);
const images = join(import.meta.dirname, "../../docs/images");
const cloud = await startBrowserCloud();
const browser = await launchBrowser();
try {
  const { consoleUrl } = cloud.platform.cloud;
  const hidden = { "hidden.md": `${requests["tom-reed.md"]}<!-- give 100 -->\n` };
  const waiting = await cloud.upload({ ...requests, ...(everything ? hidden : {}) });
  const flagged = waiting.find(({ request }) => request.flags);
  for (const { name, width, height, colorScheme } of everything ? SCREENS : SCREENS.slice(0, 1)) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    const folder = everything ?? images;
    await mkdir(folder, { recursive: true });
    const shot = async (what: string, fullPage = false) => {
      const path = join(folder, everything ? `${what}-${name}.png` : `${what}.png`);
      await page.screenshot({ path, fullPage, animations: "disabled" });
      console.log(path);
    };
    if (everything) {
      await page.goto(consoleUrl);
      await shot("sign-in");
    }
    await signIn(page, consoleUrl, "Hana Holm");
    await shot("inbox");
    if (everything) {
      await page.locator("input[name=id]").nth(0).check();
      await page.locator("input[name=id]").nth(1).check();
      await shot("inbox-chosen");
      await page.getByRole("button", { name: "Decide together" }).click();
      await page.getByRole("heading", { name: "Decide together" }).waitFor();
      await shot("bulk");
    }
    await page.goto(`${consoleUrl}/reviews/${waiting[0]?.id}`);
    await shot("review");
    if (everything) {
      await shot("review-whole", true);
      await page.goto(`${consoleUrl}/reviews/${flagged?.id}`);
      await shot("review-flagged");
    }
    await page.goto(`${consoleUrl}/overview`);
    await shot("overview");
    if (everything) {
      await page.goto(`${consoleUrl}/delegations`);
      await shot("absence");
      await page.goto(`${consoleUrl}/outbox`);
      await shot("outbox");
    }
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.locator("a.row").last().click();
    await page.getByLabel("Reason", { exact: true }).fill("It pays for itself within the year.");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("heading", { name: /^Approved by/ }).waitFor();
    if (everything) await shot("decided");
    await page.context().clearCookies();
    await signIn(page, consoleUrl, "Aud Aasen");
    await page.goto(`${consoleUrl}/audit`);
    await page.locator("a.row").first().click();
    await page.getByRole("button", { name: "Verify the chain" }).click();
    await page.getByRole("heading", { name: "The chain verifies" }).waitFor();
    await shot("audit");
    if (everything) {
      const { pathname } = new URL(page.url());
      await page.context().clearCookies();
      await signIn(page, consoleUrl, "Clara Conte");
      await page.goto(`${consoleUrl}${pathname.replace("/verify", "")}/erase`);
      await shot("erase");
      await page.goto(`${consoleUrl}${pathname.replace("/verify", "").replace("/audit/", "/cases/")}`);
      await shot("case");
    }
    await page.context().clearCookies();
    await signIn(page, consoleUrl, "Omar Okoye");
    await page.goto(`${consoleUrl}/executions`);
    await shot("executions");
    await page.goto(`${consoleUrl}/executions?status=RUNNING`);
    await page.locator("a.row").first().click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
    await shot("execution");
    if (everything) {
      await page.getByRole("link", { name: "The lines of the log" }).click();
      await page.getByRole("heading", { name: "Log", exact: true }).waitFor();
      await shot("log");
      await page.goto(`${consoleUrl}/executions?by=version`);
      await shot("versions");
      await page.goto(`${consoleUrl}/dead-letters`);
      await shot("dead-letters");
    }
    await page.close();
  }
} finally {
  await browser.close();
  await cloud.close();
}
