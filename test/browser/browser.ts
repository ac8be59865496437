import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** A Chromium that came with the packages; LONGHAUL_BROWSER names an installed one instead. */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.LONGHAUL_BROWSER;
  const executablePath = installed ?? (await chromium.executablePath());
  // The package's own arguments are for Lambda: one process, and no same-origin policy, which is what is tested here.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  return playwright.launch({ executablePath, args: installed ? [] : args, headless: true });
}

/** A 13-inch laptop and a phone, each light and dark. */
export const SCREENS = [
  { name: "laptop-light", width: 1280, height: 800, colorScheme: "light" },
  { name: "laptop-dark", width: 1280, height: 800, colorScheme: "dark" },
  { name: "phone-light", width: 390, height: 844, colorScheme: "light" },
  { name: "phone-dark", width: 390, height: 844, colorScheme: "dark" },
] as const;
