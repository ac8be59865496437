import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outcomeOf } from "#compensation";
import { names } from "#deployment";
import { eventually } from "../support/cloud.ts";
import { launchBrowser } from "./browser.ts";
import { type BrowserCloud, startBrowserCloud } from "./cloud.ts";
import { signIn } from "./sign-in.ts";

let cloud: BrowserCloud;
let browser: Browser;
beforeAll(async () => {
  cloud = await startBrowserCloud();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await cloud?.close();
});

const samples = join(import.meta.dirname, "../../workflows/payments/samples");

/** Puts a payment on the queue; answers its execution once `waitsFor` is there. */
async function pay(
  change: (data: { orderId: string; shipTo: { zone: string } }) => void,
  file: string,
  waitsFor: string,
) {
  const { clients } = cloud.platform;
  const event = JSON.parse(await readFile(join(samples, file), "utf8"));
  change(event.data);
  const before = new Set((await executions()).map(({ DurableExecutionArn }) => DurableExecutionArn));
  const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName: names.queue("payments") });
  await clients.sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(event) });
  return eventually(async () => {
    const arn = (await executions()).find(
      ({ DurableExecutionArn }) => !before.has(DurableExecutionArn),
    )?.DurableExecutionArn;
    if (!arn) return undefined;
    const { Events = [] } = await clients.lambda.getDurableExecutionHistory({
      DurableExecutionArn: arn,
      IncludeExecutionData: false,
    });
    return Events.some(({ Name, EventType }) => Name === waitsFor && /Started$/.test(EventType ?? "")) && arn;
  }, 60_000);
}

async function executions() {
  const { clients } = cloud.platform;
  const { DurableExecutions = [] } = await clients.lambda.listDurableExecutionsByFunction({
    FunctionName: names.workflow("payments"),
  });
  return DurableExecutions;
}

const ended = (arn: string) =>
  eventually(async () => {
    const ask = { DurableExecutionArn: arn, IncludeExecutionData: true };
    const execution = await cloud.platform.clients.lambda.getDurableExecution(ask);
    return execution.Status !== "RUNNING" && execution;
  }, 60_000);

async function pageOf(name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await signIn(page, cloud.platform.cloud.consoleUrl, name);
  return page;
}

const pictureOf = async (page: Page, name: string) => {
  const folder = process.env.LONGHAUL_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};
const refOf = (arn: string) => Buffer.from(arn).toString("base64url");

test("a refund that is refused waits in an officer's inbox, and the timeline shows the saga with its undos", async () => {
  const arn = await pay(() => undefined, "refund-refused.json", "undo-capture");
  const officer = await pageOf("Clara Conte");
  await officer.goto(cloud.platform.cloud.consoleUrl);
  await pictureOf(officer, "saga-inbox");
  await eventually(async () => {
    await officer.reload();
    return (await officer.getByText("Undo by hand: capture").count()) > 0;
  }, 30_000);
  await officer.getByText("Undo by hand: capture").first().click();
  await officer.getByText("CAPTURE").or(officer.getByText("125.00 EUR")).first().waitFor();
  await pictureOf(officer, "saga-review");
  const review = officer.url();

  const auditor = await pageOf("Aud Aasen");
  await auditor.goto(`${cloud.platform.cloud.consoleUrl}/executions/${refOf(arn)}`);
  await auditor.locator(`a[href="${new URL(review).pathname}"]`).click({ timeout: 10_000 });
  expect(auditor.url()).toBe(review);

  const operator = await pageOf("Omar Okoye");
  await operator.goto(`${cloud.platform.cloud.consoleUrl}/executions/${refOf(arn)}`);
  await pictureOf(operator, "saga-timeline");
  const timeline = (await operator.locator("main").textContent()) ?? "";
  const places = ["capture", "ship", "undo post", "undo capture", "undo reserve-stock"].map((name) =>
    timeline.indexOf(name),
  );
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places).not.toContain(-1);
}, 120_000);

test("an operator cancels a payment that waits for the carrier: it ends with everything taken back", async () => {
  const arn = await pay(
    (data) => {
      data.orderId = "sample-waiting";
      data.shipTo.zone = "north:ship=pendingx9";
    },
    "ordinary.json",
    "collection 1",
  );
  const operator = await pageOf("Omar Okoye");
  await operator.goto(`${cloud.platform.cloud.consoleUrl}/executions/${refOf(arn)}`);
  await operator.getByText("Cancel it", { exact: true }).click();
  await operator.getByLabel("Why").fill("The customer has changed their mind.");
  await operator.getByRole("button", { name: "Cancel this execution" }).click();
  const { Status, Error: error } = await ended(arn);
  expect([Status, error?.ErrorType]).toEqual(["FAILED", "SagaCompensated"]);
  expect(outcomeOf(error?.ErrorData)).toMatchObject({ cancelled: true, error: { code: "CANCELLED" } });
}, 120_000);
