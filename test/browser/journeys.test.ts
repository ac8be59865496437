import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleReview } from "../support/reviews.ts";
import { axeProblems } from "./axe.ts";
import { launchBrowser, SCREENS } from "./browser.ts";
import { type BrowserCloud, startBrowserCloud } from "./cloud.ts";
import { requests } from "./requests.ts";
import { signIn } from "./sign-in.ts";

let cloud: BrowserCloud;
let browser: Browser;
let consoleUrl: string;
let waiting: string[];
beforeAll(async () => {
  cloud = await startBrowserCloud();
  browser = await launchBrowser();
  consoleUrl = cloud.platform.cloud.consoleUrl;
  waiting = (await cloud.upload(requests)).map(({ id }) => id);
  const { QueueUrl } = await cloud.platform.clients.sqs.getQueueUrl({ QueueName: "longhaul-training-dead-letters" });
  await cloud.platform.clients.sqs.sendMessage({ QueueUrl, MessageBody: "not ours" });
  // Which requests are left to a person is the model's word, so that there are always some more.
  for (const number of [1, 2, 3, 4])
    await cloud.reviews.open(sampleReview(`training-browser-${number}`), `none-${number}`);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await cloud?.close();
});

async function withPage(
  name: string,
  run: (page: Page) => Promise<void>,
  screen: (typeof SCREENS)[number] = SCREENS[0],
) {
  const { width, height, colorScheme } = screen;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  try {
    await signIn(page, consoleUrl, name);
    await run(page);
    expect(problems).toEqual([]);
  } finally {
    await context.close();
  }
}

test("with a mouse: sign in, find a request in the inbox, approve it with a reason, and the workflow goes on", {
  timeout: 90_000,
}, async () => {
  const id = waiting[0] ?? "";
  await withPage("Hana Holm", async (page) => {
    await page.locator(`a[href="/reviews/${id}"]`).click();
    await page.getByLabel("Reason", { exact: true }).fill("She pays for it in a month.");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("heading", { name: "Approved by Hana Holm" }).waitFor();
    await page.goto(`${consoleUrl}/inbox`);
    expect(await page.locator(`a[href="/reviews/${id}"]`).count()).toBe(0);
  });
  expect(await cloud.outcome(id)).toMatchObject({ decision: "approved", decidedBy: "reviewer" });
});

test("with the keyboard alone: j and k move, Enter opens, r asks once more and rejects", {
  timeout: 90_000,
}, async () => {
  await withPage("Ravi Rao", async (page) => {
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

test("an inbox that is open shows what others decide, and the row in focus stays", { timeout: 90_000 }, async () => {
  await withPage("Hana Holm", async (page) => {
    const rows = page.locator("a.row");
    const before = await rows.count();
    await rows.last().focus();
    const held = await rows.last().getAttribute("href");
    const gone = (await rows.first().getAttribute("href")) ?? "";
    await page.evaluate(() => document.querySelector("[data-live]")?.setAttribute("data-live", "1"));
    const actor = { by: { subject: "ravi.rao", name: "Ravi Rao" }, roles: ["hr-reviewer"] };
    await cloud.reviews.decide(gone.replace("/reviews/", ""), { ...actor, outcome: "approved", reason: "Yes." });
    await page.locator(`a[href="${gone}"]`).waitFor({ state: "detached", timeout: 40_000 });
    expect(await rows.count()).toBe(before - 1);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe(held);
  });
});

test("an operator finds an execution and sees what it waits for, and since when", { timeout: 90_000 }, async () => {
  await withPage("Omar Okoye", async (page) => {
    await page.goto(`${consoleUrl}/executions?status=RUNNING`);
    await page.locator("a.row").first().click();
    await page.getByRole("heading", { name: "What it waits for" }).waitFor();
    expect(await page.getByText("An answer to").textContent()).toContain("review-request");
    expect(await page.locator("table.timeline tbody tr").count()).toBeGreaterThan(3);
    await page.getByText("They can hold personal data").waitFor();
  });
});

test("every link of every mail, fetched as a mail scanner does, opens a page and decides nothing", {
  timeout: 60_000,
}, async () => {
  const links = cloud.platform.cloud.mails().flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? []);
  expect(links.length).toBeGreaterThan(0);
  const open = async () => (await cloud.reviews.listOpen("hr-reviewer", { limit: 100 })).reviews;
  const before = await open();
  for (const link of new Set(links)) {
    // Without cookies the sign-in at which it ends says that it does not know this browser.
    for (const method of ["HEAD", "GET"]) expect((await fetch(link, { method })).status).toBeLessThan(500);
  }
  await withPage("Hana Holm", async (page) => {
    for (const link of new Set(links)) {
      for (const method of ["HEAD", "GET"]) await page.request.fetch(link, { method });
    }
  });
  expect(await open()).toEqual(before);
});

test("the outbox shows the mails, and an auditor's page verifies a chain", { timeout: 60_000 }, async () => {
  await withPage("Aud Aasen", async (page) => {
    await page.goto(`${consoleUrl}/outbox`);
    await page.getByText("To decide: Training request").first().waitFor();
    expect(await axeProblems(page), "/outbox").toEqual([]);
    await page.goto(`${consoleUrl}/audit`);
    expect(await axeProblems(page), "/audit").toEqual([]);
    await page.locator("a.row").first().click();
    await page.getByRole("button", { name: "Verify the chain" }).click();
    await page.getByRole("heading", { name: "The chain verifies" }).waitFor();
    expect(await axeProblems(page), "a chain").toEqual([]);
  });
  await withPage("Clara Conte", async (page) => {
    await page.goto(`${consoleUrl}/delegations`);
    expect(await axeProblems(page), "/delegations").toEqual([]);
    await page.goto(`${consoleUrl}/cases/${waiting[0]?.split(".")[0]}`);
    expect(await axeProblems(page), "a case").toEqual([]);
  });
});

test.each(SCREENS.map((screen) => [screen.name, screen] as const))(
  "no page breaks a rule of WCAG 2.2 AA, nor is wider than the screen: %s",
  { timeout: 120_000 },
  async (_, screen) => {
    const id = (await cloud.reviews.listOpen("hr-reviewer")).reviews[0]?.id;
    await withPage(
      "Hana Holm",
      async (page) => {
        for (const path of [
          "/inbox",
          "/inbox?view=mine",
          "/inbox?min=60&order=score",
          `/reviews/${id}`,
          `/reviews/${waiting[0]}`,
          "/overview",
        ]) {
          await page.goto(consoleUrl + path);
          expect(await axeProblems(page), path).toEqual([]);
        }
      },
      screen,
    );
    await withPage(
      "Omar Okoye",
      async (page) => {
        // With a curve in it: the requests' own decisions are points already.
        await page.goto(`${consoleUrl}/calibration`);
        await page.getByRole("heading", { name: "Audit sample" }).waitFor();
        expect(await axeProblems(page), "/calibration").toEqual([]);
        for (const path of ["/overview", "/dead-letters", "/executions?by=version", "/executions?age=week"]) {
          await page.goto(consoleUrl + path);
          expect(await axeProblems(page), path).toEqual([]);
        }
        await page.locator("a.row").first().click();
        await page.getByRole("heading", { name: "Timeline" }).waitFor();
        expect(await axeProblems(page), "an execution").toEqual([]);
        await page.getByRole("link", { name: "The lines of the log" }).click();
        await page.getByRole("heading", { name: "Log", exact: true }).waitFor();
        expect(await axeProblems(page), "a log").toEqual([]);
      },
      screen,
    );
  },
);

test("the accessibility check can fail", async () => {
  const page = await browser.newPage();
  await page.setContent("<html><body><img src='x'><p style='width:5000px'>wide</p></body></html>");
  const problems = await axeProblems(page);
  expect(problems.some((problem) => problem.startsWith("image-alt"))).toBe(true);
  expect(problems).toContain("The page is wider than the screen.");
  await page.close();
});
