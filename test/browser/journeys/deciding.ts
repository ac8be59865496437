import { beforeAll, expect, test } from "vitest";
import { sampleReview } from "../../support/reviews.ts";
import { requests } from "../requests.ts";
import type { Site } from "../site.ts";

/** With the mouse, with the keyboard, several at once, and beside others. */
export function deciding(site: () => Site) {
  let id: string;
  beforeAll(async () => {
    const [waiting] = await site().upload({ "tom-reed.md": requests["tom-reed.md"] ?? "" });
    id = waiting?.id ?? "";
    for (const number of [1, 2, 3, 4, 5])
      await site().reviews.open(sampleReview(`training-browser-${number}`), `none-${number}`);
  }, 120_000);

  test("with a mouse: sign in, find a request in the inbox, approve it with a reason, and the workflow goes on", async () => {
    await site().withPage("Hana Holm", async (page) => {
      await page.locator(`a[href="/reviews/${id}"]`).click();
      await page.getByLabel("Reason", { exact: true }).fill("He pays for it in a month.");
      await page.getByLabel("In short").selectOption({ label: "Fits the role" });
      await page.getByRole("button", { name: "Approve" }).click();
      await page.getByRole("heading", { name: "Approved by Hana Holm" }).waitFor();
      await page.getByText("In short: Fits the role.").waitFor();
      await page.goto(`${site().consoleUrl}/inbox`);
      expect(await page.locator(`a[href="/reviews/${id}"]`).count()).toBe(0);
    });
    expect(await site().outcome(id)).toMatchObject({ decision: "approved", decidedBy: "reviewer" });
  });

  test("with the keyboard alone: j and k move, Enter opens, r asks once more and rejects", async () => {
    await site().withPage("Ravi Rao", async (page) => {
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("k");
      const href = await page.evaluate(() => document.activeElement?.getAttribute("href"));
      expect(href).toBe(await page.locator("a.row").first().getAttribute("href"));
      await page.keyboard.press("Enter");
      await page.getByLabel("Reason", { exact: true }).waitFor();
      await page.keyboard.press("r");
      // Without a reason the field is asked for; nothing is sent.
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("reason");
      await page.keyboard.type("Not this year: a and r are letters here.");
      await page.keyboard.press("Escape");
      await page.locator("h1").click();
      await page.keyboard.press("r");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Rejected by Ravi Rao" }).waitFor();
      await page.keyboard.press("u");
      await page.getByRole("heading", { name: "Inbox" }).waitFor();
    });
  });

  test("an inbox that is open shows what others decide; what is in focus and what is chosen stay", async () => {
    await site().withPage("Hana Holm", async (page) => {
      const rows = page.locator("a.row");
      const before = await rows.count();
      await rows.last().focus();
      await page.keyboard.press("x");
      const held = await rows.last().getAttribute("href");
      const gone = (await rows.first().getAttribute("href")) ?? "";
      const actor = { by: { subject: "ravi.rao", name: "Ravi Rao" }, roles: ["hr-reviewer"] };
      await site().reviews.decide(gone.replace("/reviews/", ""), { ...actor, outcome: "approved", reason: "Yes." });
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await page.locator(`a[href="${gone}"]`).waitFor({ state: "detached" });
      expect(await rows.count()).toBe(before - 1);
      expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe(held);
      expect(await page.locator("input[name=id]:checked").count()).toBe(1);
    });
  });

  test("several are chosen in the inbox, checked one by one, decided together, and what came of each is told", async () => {
    await site().withPage("Hana Holm", async (page) => {
      const boxes = page.locator("input[name=id]");
      const [first = "", second = ""] = await boxes.evaluateAll((all) =>
        all.map((box) => (box as HTMLInputElement).value),
      );
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await page.getByRole("button", { name: "Decide together" }).click();
      await page.getByRole("heading", { name: "Decide together" }).waitFor();
      await page.getByRole("checkbox").first().check();
      await page.getByLabel("Reason", { exact: true }).fill("The budget of this year is spent.");
      await page.getByRole("button", { name: "Reject" }).click();
      await page.getByRole("heading", { name: "1 of 1 taken" }).waitFor();
      expect((await site().reviews.get(first)).decision).toMatchObject({ outcome: "rejected" });
      expect((await site().reviews.get(second)).status).toBe("open");
    });
  });

  test("every link of every mail, fetched as a mail scanner does, opens a page and decides nothing", async () => {
    const links = site()
      .platform.cloud.mails()
      .flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? []);
    expect(links.length).toBeGreaterThan(0);
    const open = async () => (await site().reviews.listOpen("hr-reviewer", { limit: 100 })).reviews;
    const before = await open();
    for (const link of new Set(links)) {
      // Without cookies the sign-in at which it ends says that it does not know this browser.
      for (const method of ["HEAD", "GET"]) expect((await fetch(link, { method })).status).toBeLessThan(500);
    }
    await site().withPage("Hana Holm", async (page) => {
      for (const link of new Set(links)) {
        for (const method of ["HEAD", "GET"]) await page.request.fetch(link, { method });
      }
    });
    expect(await open()).toEqual(before);
  });
}
