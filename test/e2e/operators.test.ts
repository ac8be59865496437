import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyExport } from "#callbacks";
import { names } from "#deployment";
import { decide, rerun } from "../../scripts/longhaul/act.ts";
import { findExecution } from "../../scripts/longhaul/executions.ts";
import { list } from "../../scripts/longhaul/list.ts";
import { logs } from "../../scripts/longhaul/logs.ts";
import { redrive } from "../../scripts/longhaul/redrive.ts";
import { show } from "../../scripts/longhaul/show.ts";
import { openSite, RefusedError, type Site } from "../../scripts/longhaul/site.ts";
import { start, submit } from "../../scripts/longhaul/submit.ts";
import { eventually, temporaryFolder } from "../support/cloud.ts";
import { greyRequest, type Longhaul, root, startLonghaul } from "../support/longhaul.ts";

let longhaul: Longhaul;
let site: Site;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  longhaul = await startLonghaul(folder, "--no-samples");
  site = await openSite({ endpoint: longhaul.endpoint, region: longhaul.region });
});
afterAll(async () => {
  site.close();
  expect(await longhaul.end()).toBe(0);
  await remove();
});

/** The command as operators type it. */
const typed = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["scripts/longhaul.ts", "--endpoint", longhaul.endpoint, ...args], {
    cwd: root,
  });
const statusOf = async (execution: string) => (await show(site, execution, { data: false })).status;

test("a document is submitted, shown while it waits, decided as a person, and exported as evidence that verifies", async () => {
  const file = join(folder, "grey.pdf");
  await writeFile(file, await greyRequest("terminal"));
  expect(await submit(site, "training", file)).toEqual({ key: "training/requests/grey.pdf" });
  const { id, execution } = await longhaul.waiting("grey.pdf");
  const waiting = await eventually(async () => {
    const shown = await show(site, execution, { data: false });
    return shown.waiting.map(({ name }) => name).join() === "review-request" && shown;
  });
  expect(waiting).toMatchObject({ status: "RUNNING", workflow: "training", version: "1" });
  expect(waiting.input).toBeUndefined();

  // Whoever does not hold the role is told so, and nothing is decided.
  await expect(decide(site, id, { outcome: "approved", reason: "I say so.", as: "omar.okoye" })).rejects.toThrow(
    RefusedError,
  );
  await decide(site, id, { outcome: "approved", reason: "It helps the team.", as: "hana.holm" });
  await longhaul.result("grey.pdf");
  const { input, result } = await show(site, execution, { data: true });
  expect(input).toMatchObject({ document: { key: "training/requests/grey.pdf" } });
  expect(result).toMatchObject({ decision: "approved", decidedBy: "reviewer" });

  const { stdout } = await typed("--json", "export", execution, join(folder, "case.json"));
  const evidence: unknown = JSON.parse(await readFile(join(folder, "case.json"), "utf8"));
  expect(verifyExport(evidence)).toMatchObject({ valid: true });
  expect(JSON.parse(stdout)).toMatchObject({ seq: (evidence as { head: { seq: number } }).head.seq });
});

test("a message starts an execution under the name that was said, and its log names it", async () => {
  const event = await readFile(join(root, "workflows/payments/samples/ordinary.json"), "utf8");
  const { execution } = await start(site, "payments", event);
  await eventually(() => findExecution(site, execution).catch(() => undefined));
  await eventually(async () => (await statusOf(execution)) !== "RUNNING");
  // The index hears of an execution a moment after it runs.
  const listed = await eventually(async () => {
    const { stdout } = await typed("--json", "list", "payments", "--key", JSON.parse(event).data.orderId);
    return stdout.trim() !== "[]" && JSON.parse(stdout);
  });
  expect(listed).toMatchObject([{ name: execution, workflow: "payments" }]);
  expect((await typed("complete", "--", "show", "payments-")).stdout.split("\n")).toContain(execution);
  const messages: string[] = [];
  const take = ({ message }: { message: string }) => messages.push(message);
  await logs(site, execution, { follow: true, data: false, take });
  expect(messages).toContain("A saga has ended");
});

test("an input that is not the workflow's is refused before it is sent, by the field's name", async () => {
  await expect(start(site, "payments", '{"orderId":""}')).rejects.toThrow(/payer/);
  await expect(typed("list", "nothing")).rejects.toMatchObject({ code: 1 });
  await expect(typed("list", "--status", "ASLEEP")).rejects.toMatchObject({ code: 2 });
});

test("a refused message is shown with its reason, and goes back on the queue; what is wrong with it sends it back", async () => {
  const { QueueUrl } = await longhaul.sqs.getQueueUrl({ QueueName: names.queue("payments") });
  await longhaul.sqs.sendMessage({ QueueUrl, MessageBody: "no event" });
  const looked = await eventually(async () => {
    const found = await redrive(site, "payments", { dryRun: true });
    return found.letters.length > 0 && found;
  });
  expect(looked).toMatchObject({ letters: [{ kind: "refused", code: "NOT_JSON" }], retried: [] });
  const [{ id = "" } = {}] = looked.letters;
  expect((await redrive(site, "payments", { message: id, dryRun: false })).retried).toEqual([id]);
  const [again] = await eventually(async () => {
    const { letters } = await redrive(site, "payments", { dryRun: true });
    return letters.length > 0 && letters[0]?.id !== id && letters;
  });
  expect(again).toMatchObject({ code: "NOT_JSON" });
});

test("an execution that was stopped is repeated under a name of its own; one that ended well is not", async () => {
  await longhaul.upload("stopped.pdf", await greyRequest("stopped"));
  const { executionArn, execution } = await longhaul.waiting("stopped.pdf");
  await longhaul.lambda.stopDurableExecution({ DurableExecutionArn: executionArn });
  await eventually(async () => (await statusOf(execution)) === "STOPPED");
  expect(await rerun(site, execution, async () => false)).toBeUndefined();
  const dry = await typed("--json", "rerun", execution, "--dry-run");
  expect(JSON.parse(dry.stdout)).toEqual({ dryRun: true, of: execution, status: "STOPPED" });
  // Its review was withdrawn when it was stopped: what was read and scored is taken over, and a person is asked anew.
  const planned = await typed("--json", "rerun", execution, "--from-failed-step", "--dry-run");
  expect(JSON.parse(planned.stdout)).toMatchObject({ dryRun: true, taken: ["load request", "score request"] });
  expect(await rerun(site, execution, async () => true, { fromFailedStep: true })).toMatchObject({
    execution: `${execution}-a1`,
    of: execution,
  });
  const repeated = await eventually(async () => {
    const { reviews } = await longhaul.reviews().listOpen("hr-reviewer", { limit: 100 });
    return reviews.find((review) => review.execution === `${execution}-a1`);
  });
  expect(repeated.status).toBe("open");
  const acts = async (name: string) => (await longhaul.reviews().history(name)).map(({ act }) => act);
  expect(await acts(execution)).toContain("repeated");
  expect(await acts(`${execution}-a1`)).toContain("repeats");
  const [ended] = await list(site, "payments", { status: "SUCCEEDED", limit: 1 });
  await expect(rerun(site, ended?.name ?? "", async () => true)).rejects.toThrow(/SUCCEEDED/);
});
