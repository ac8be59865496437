import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outcomeOf } from "#compensation";
import { names } from "#deployment";
import { eventually } from "../../support/cloud.ts";
import type { Site } from "../site.ts";

const samples = join(import.meta.dirname, "../../../workflows/payments/samples");
const refOf = (arn: string) => Buffer.from(arn).toString("base64url");

/** What could not be taken back, and what is cancelled. */
export function saga(site: () => Site) {
  const executions = async () => {
    const { DurableExecutions = [] } = await site().platform.clients.lambda.listDurableExecutionsByFunction({
      FunctionName: names.workflow("payments"),
    });
    return DurableExecutions;
  };

  /** Puts a payment on the queue; answers its execution once `waitsFor` is there. */
  async function pay(
    change: (data: { orderId: string; shipTo: { zone: string } }) => void,
    file: string,
    waitsFor: string,
  ) {
    const { clients } = site().platform;
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

  const ended = (arn: string) =>
    eventually(async () => {
      const ask = { DurableExecutionArn: arn, IncludeExecutionData: true };
      const execution = await site().platform.clients.lambda.getDurableExecution(ask);
      return execution.Status !== "RUNNING" && execution;
    }, 60_000);

  test("a refund that is refused waits in an officer's inbox; the timeline shows the saga; two officers write it off", async () => {
    const arn = await pay(() => undefined, "refund-refused.json", "undo-capture");
    const { consoleUrl, reviews } = site();
    const waits = (title: string) =>
      eventually(async () => {
        const page = await reviews.listOpen("compliance-officer", { limit: 100 });
        return page.reviews.find(
          ({ request, executionArn }) => request.title.startsWith(title) && executionArn === arn,
        );
      });
    const { id } = await waits("Undo by hand: capture");
    await site().withPage("Aud Aasen", async (page) => {
      await page.goto(`${consoleUrl}/executions/${refOf(arn)}`);
      await page.locator(`a[href="/reviews/${id}"]`).click({ timeout: 10_000 });
      await page.getByText("CAPTURE").or(page.getByText("125.00 EUR")).first().waitFor();
    });
    await site().withPage("Omar Okoye", async (page) => {
      await page.goto(`${consoleUrl}/executions/${refOf(arn)}`);
      const timeline = (await page.locator("main").textContent()) ?? "";
      const places = ["capture", "ship", "undo post", "undo capture", "undo reserve-stock"].map((name) =>
        timeline.indexOf(name),
      );
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(places).not.toContain(-1);
    });
    const writeOff = (name: string, review: string) =>
      site().withPage(name, async (page) => {
        await page.goto(`${consoleUrl}/inbox?role=compliance-officer`);
        await page.locator(`a[href="/reviews/${review}"]`).click();
        await page.getByLabel("Reason", { exact: true }).fill("The bank will not have it.");
        await page.getByRole("radio", { name: "Write off" }).check();
        await page.getByRole("button", { name: "Decide" }).click();
        await page.getByRole("heading", { name: `“Write off” by ${name}` }).waitFor();
      });
    await writeOff("Clara Conte", id);
    const { id: confirmation } = await waits("Confirm the write-off: capture");
    await writeOff("Cyrus Cole", confirmation);
    expect(await reviews.get(confirmation)).toMatchObject({ decision: { option: "write-off" }, delivered: true });
  });

  test("an operator cancels a payment that waits for the carrier: it ends with everything taken back", async () => {
    const arn = await pay(
      (data) => {
        data.orderId = "sample-waiting";
        data.shipTo.zone = "north:ship=pendingx9";
      },
      "ordinary.json",
      "collection 1",
    );
    await site().withPage("Omar Okoye", async (page) => {
      await page.goto(`${site().consoleUrl}/executions/${refOf(arn)}`);
      await page.getByText("Cancel it", { exact: true }).click();
      await page.getByLabel("Why").fill("The customer has changed their mind.");
      await page.getByRole("button", { name: "Cancel this execution" }).click();
      await ended(arn);
    });
    const { Status, Error: error } = await ended(arn);
    expect([Status, error?.ErrorType]).toEqual(["FAILED", "SagaCompensated"]);
    expect(outcomeOf(error?.ErrorData)).toMatchObject({ cancelled: true, error: { code: "CANCELLED" } });
  });
}
