import { expect, test } from "vitest";
import { eventually } from "../../support/cloud.ts";
import { requests } from "../requests.ts";
import type { Site } from "../site.ts";

/** Looking: executions, mails, chains. */
export function operating(site: () => Site) {
  test("an operator finds an execution and sees what it waits for, and since when", async () => {
    await site().upload({ "tom-reed-again.md": `${requests["tom-reed.md"]}Again.\n` });
    await site().withPage("Omar Okoye", async (page) => {
      // The index hears of an execution by its events, in batches.
      await eventually(async () => {
        await page.goto(`${site().consoleUrl}/executions?status=RUNNING`);
        return (await page.locator("a.row").count()) > 0;
      });
      await page.locator("a.row").first().click();
      await page.getByRole("heading", { name: "What it waits for" }).waitFor();
      expect(
        await page
          .getByText(/^Waits for/)
          .first()
          .textContent(),
      ).toContain("the role hr-reviewer");
      expect(await page.locator("table.timeline tbody tr").count()).toBeGreaterThan(3);
      await page.getByText("They can hold personal data").waitFor();
    });
  });

  test("the outbox shows the mails, and an auditor's page verifies a chain", async () => {
    await site().withPage("Aud Aasen", async (page) => {
      await page.goto(`${site().consoleUrl}/outbox`);
      await page.getByText("To decide: Training request").first().waitFor();
      await page.goto(`${site().consoleUrl}/audit`);
      await page.locator("a.row").first().click();
      await page.getByRole("button", { name: "Verify the chain" }).click();
      await page.getByRole("heading", { name: "The chain verifies" }).waitFor();
    });
  });
}
