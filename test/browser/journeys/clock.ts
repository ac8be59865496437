import { expect, test } from "vitest";
import { sampleReview } from "../../support/reviews.ts";
import type { Site } from "../site.ts";
import { requestOfAda } from "./acting.ts";

const HOUR = 3_600_000;

/** What days bring, with the cloud's clock moved. */
export function clock(site: () => Site) {
  const advance = (milliseconds: number) => site().platform.cloud.clock.advance(milliseconds);

  test("who is away lends the role: the colleague decides on their behalf, and no more once the absence is over", async () => {
    const request = { role: "compliance-officer" };
    const deadlineAt = new Date(Date.now() + 999 * HOUR).toISOString();
    const [now, later] = [1, 2].map((number) => sampleReview(`training-lent-${number}`, { request, deadlineAt }));
    if (!now || !later) throw new Error("Two were made.");
    for (const review of [now, later]) await site().reviews.open(review, `none-${review.id}`);
    await site().withPage("Clara Conte", async (page) => {
      await page.goto(`${site().consoleUrl}/delegations`);
      await page.getByLabel("Colleague's e-mail address").first().fill("ravi.rao@example.com");
      await page.getByRole("button", { name: "Lend" }).click();
      await page.waitForURL(/done/);
    });
    await site().withPage("Ravi Rao", async (page) => {
      await page.goto(`${site().consoleUrl}/inbox?role=compliance-officer`);
      await page.locator(`a[href="/reviews/${now.id}"]`).click();
      await page.getByText("You decide on behalf of Clara Conte.").waitFor();
      await page.getByLabel("Reason", { exact: true }).fill("For Clara.");
      await page.getByRole("button", { name: "Approve" }).click();
      await page.getByText("On behalf of Clara Conte.").waitFor();
    });
    await advance(25 * HOUR);
    await site().withPage("Ravi Rao", async (page) => {
      const answer = await page.request.get(`${site().consoleUrl}/reviews/${later.id}`);
      expect(answer.status()).toBe(403);
    });
  });

  test("nobody decides: it expires, which is no approval; who comes too late is told so, and the decision is kept as a reason to reopen", async () => {
    const open = await site().upload({ "ada-late.md": requestOfAda("For the second time.") });
    const { id, execution, deadlineAt } = open.find(({ request }) => request.requester?.startsWith("ada.")) ?? {};
    const clockNow = site().platform.cloud.clock.now();
    await advance(Date.parse(deadlineAt ?? "") - clockNow - 60_000);
    await site().withPage("Hana Holm", async (page) => {
      await page.goto(`${site().consoleUrl}/reviews/${id}`);
      await page.locator(".due", { hasText: /left/ }).first().waitFor();
      await page.getByLabel("Reason", { exact: true }).fill("I meant to.");
      await advance(120_000);
      const [answer] = await Promise.all([
        page.waitForResponse(
          (response) => response.request().method() === "POST" && response.url().endsWith("/decision"),
        ),
        page.getByRole("button", { name: "Approve" }).click(),
      ]);
      expect(answer.status()).toBe(410);
      await page.getByRole("heading", { name: "The deadline has passed" }).waitFor();
      await page.getByText("It is kept with the review").waitFor();
      await page.getByRole("link", { name: "See the review" }).click();
      await page.getByText("Hana Holm would have approved").waitFor();
    });
    expect(await site().outcome(id ?? "")).toMatchObject({ decision: "expired", decidedBy: "nobody" });
    await site().withPage("Ada Applicant", async (page) => {
      await page.goto(`${site().consoleUrl}/cases/${execution}`);
      await page.getByRole("heading", { name: "Training request: expired" }).waitFor();
      await page.getByRole("button", { name: "Contest it" }).waitFor();
    });
  });
}
