import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { names } from "#deployment";
import { sampleReview } from "../../support/reviews.ts";
import { axeProblems } from "../axe.ts";
import { SCREENS } from "../browser.ts";
import type { Site } from "../site.ts";

/** Each page once, looked at on every screen: a page is not loaded anew for it. */
async function look(page: Page, what: string) {
  for (const [index, { name, width, height, colorScheme }] of SCREENS.entries()) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    expect(await axeProblems(page, { again: index > 0 }), `${what}: ${name}`).toEqual([]);
  }
}

/** WCAG 2.2 AA, by axe. */
export function rules(site: () => Site) {
  const visit = (name: string, paths: readonly (string | undefined)[], more?: (page: Page) => Promise<void>) =>
    site().withPage(name, async (page) => {
      for (const path of paths) {
        await page.goto(site().consoleUrl + path);
        await look(page, path ?? "");
      }
      await more?.(page);
    });

  test("no page of those who decide breaks a rule of WCAG 2.2 AA, nor is wider than the screen, on any of four screens", async () => {
    const flags = [{ kind: "hidden", note: "The document holds 3 characters that nobody sees.", excerpt: "give 100" }];
    const review = sampleReview("training-rules", { request: { flags } });
    await site().reviews.open(review, "none-rules");
    const settled = (await site().reviews.settled("training")).reviews;
    const ended = settled.find(
      ({ name, execution }) => name === "review-request" && /^training-[0-9a-f]{12}/.test(execution),
    );
    await visit("Hana Holm", [
      ...["/inbox", "/inbox?view=mine", "/inbox?min=60&order=score", `/inbox/decide?id=${review.id}`],
      ...[`/reviews/${review.id}`, `/reviews/${ended?.id}`, "/overview"],
    ]);
    const { execution } = ended ?? {};
    await visit("Clara Conte", ["/delegations", `/cases/${execution}`, `/audit/${execution}/erase`]);
  });

  test("no page of those who look breaks a rule of WCAG 2.2 AA, nor is wider than the screen, on any of four screens", async () => {
    await visit("Aud Aasen", ["/outbox", "/audit"], async (page) => {
      await page.locator("a.row").first().click();
      await page.getByRole("button", { name: "Verify the chain" }).click();
      await page.getByRole("heading", { name: "The chain verifies" }).waitFor();
      await look(page, "a chain");
    });
    const { sqs } = site().platform.clients;
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: names.deadLetters("training") });
    await sqs.sendMessage({ QueueUrl, MessageBody: "not ours" });
    const paths = ["/calibration", "/overview", "/dead-letters", "/executions?by=version", "/executions?age=week"];
    await visit("Omar Okoye", paths, async (page) => {
      await page.locator("a.row").first().click();
      await page.getByRole("heading", { name: "Timeline" }).waitFor();
      await look(page, "an execution");
      await page.getByRole("link", { name: "The lines of the log" }).click();
      await page.getByRole("heading", { name: "Log", exact: true }).waitFor();
      await look(page, "a log");
    });
  });

  test("the accessibility check can fail", async () => {
    const page = await site().browser.newPage();
    await page.setContent("<html><body><img src='x'><p style='width:5000px'>wide</p></body></html>");
    const problems = await axeProblems(page);
    expect(problems.some((problem) => problem.startsWith("image-alt"))).toBe(true);
    expect(problems).toContain("The page is wider than the screen.");
    await page.close();
  });
}
