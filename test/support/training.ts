import { createHash, randomUUID } from "node:crypto";
import { DurableExecutionInvocationInputWithClient, type DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import { LocalDurableTestRunner, WaitingOperationStatus } from "@aws/durable-execution-sdk-js-testing";
import { createReviewStore, createReviews, type Reviews } from "#callbacks";
import type { DocumentInput } from "#intake";
import { createTable } from "#platform";
import type { TrainingInput } from "../../workflows/training/contract.ts";
import { rubric } from "../../workflows/training/rubric.ts";
import { createScriptedModel } from "./scripted-model.ts";
import { startServices } from "./services.ts";

/** The fields of a request as the model reads them; `over` changes some. */
export const fields = (over: Record<string, string | null> = {}) => ({
  role: "Accountant",
  department: "Finance",
  trainingTitle: "Closing the books",
  provider: "Ledger School",
  cost: "400 EUR",
  dates: "2027-02-01 to 2027-02-02",
  reasons: "The year's end takes us nine days.",
  ...over,
});

/** A well-formed answer of the model that gives every criterion this level. */
export const judged = (level: number, over: Record<string, unknown> = {}) =>
  JSON.stringify({
    fields: fields(),
    criteria: rubric.criteria.map(({ id }) => ({ id, level, reason: "As it says.", quotation: null })),
    score: level,
    summary: "A summary.",
    suspicious: false,
    suspicion: null,
    ...over,
  });

/** A request as JSON; `over` changes some of its members. */
export const request = (over: Record<string, unknown> = {}) =>
  JSON.stringify({
    applicant: { name: "Ben Brook", email: "ben.brook@example.com" },
    role: "Driver",
    department: "Logistics",
    training: { title: "Load securing", provider: "Road School", startDate: "2027-03-01", endDate: "2027-03-02" },
    cost: { amount: 240, currency: "EUR" },
    reasons: "Two loads shifted this year.",
    ...over,
  });

/**
 * The training workflow on AWS's own local test runner, over real local services (bucket, tables, mail) and a model that
 * does what the test says. `skipTime` spares the waits, and lets timers of this process go no faster than every 20 ms: only
 * for tests that wait.
 */
export async function startTraining({ skipTime = false }: { skipTime?: boolean } = {}) {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime });
  const { script, service } = createScriptedModel();
  const services = await startServices([service]);
  Object.assign(process.env, {
    LONGHAUL_BUCKET: "longhaul-documents",
    LONGHAUL_MAIL_FROM: "longhaul@example.com",
    LONGHAUL_REVIEWS_TABLE: "longhaul-reviews",
    LONGHAUL_CONSOLE_URL: "http://127.0.0.1:4680",
    LONGHAUL_ROLE_ADDRESSES: JSON.stringify({ "hr-reviewer": ["hr@example.com"] }),
  });
  const { handler } = await import("../../workflows/training/workflow.ts");
  const Bucket = "longhaul-documents";

  /** Puts a document's copy where the dispatcher would; answers the execution's input. */
  const place = async (name: string, body: string | Uint8Array): Promise<DocumentInput> => {
    const snapshot = `training/documents/${randomUUID()}`;
    await services.s3.putObject({ Bucket, Key: snapshot, Body: Buffer.from(body) });
    const sha256 = createHash("sha256").update(body).digest("hex");
    return { document: { key: `training/requests/${name}`, snapshot, sha256, size: Buffer.byteLength(body) } };
  };

  /** Starts an execution; its reviews are decided by `reviews`, whose answers go to the runner. */
  const start = (input: TrainingInput, execution = `training-${randomUUID().replaceAll("-", "")}`): Started => {
    const arn = `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/${execution}/1`;
    const runner = new LocalDurableTestRunner({ handlerFunction: withArn(handler, arn) });
    const callback = runner.getOperation("review-request");
    const reviews = createReviews({
      store: createReviewStore(createTable("longhaul-reviews")),
      async answerCallback(_, decision) {
        await callback.sendCallbackSuccess(JSON.stringify(decision));
        return true;
      },
    });
    return {
      runner,
      execution,
      arn,
      review: `${execution}.review-request`,
      reviews,
      ended: runner.run({ payload: input }),
    };
  };

  /** The result's JSON under its key. */
  const result = async (key: string) => {
    const { Body } = await services.s3.getObject({ Bucket, Key: key });
    return JSON.parse((await Body?.transformToString()) ?? "") as Record<string, unknown>;
  };

  return {
    ...services,
    script,
    place,
    start,
    result,
    /** Runs a request to its end; where it waits for a person, `meanwhile` is what happens. */
    async run(name: string, body: string | Uint8Array, meanwhile?: (started: Started) => Promise<unknown>) {
      const started = start(await place(name, body));
      if (meanwhile) {
        await waiting(started);
        await meanwhile(started);
      }
      const ended = await started.ended;
      const short = ended.getResult() as ShortResult;
      return { ...started, ended, short, document: await result(short.result) };
    },
    async close() {
      await services.close();
      await LocalDurableTestRunner.teardownTestEnvironment();
    },
  };
}

export type Training = Awaited<ReturnType<typeof startTraining>>;

/** A running execution, with the reviews that it opens. */
export interface Started {
  runner: LocalDurableTestRunner;
  execution: string;
  arn: string;
  /** The id of its review. */
  review: string;
  reviews: Reviews;
  ended: ReturnType<LocalDurableTestRunner["run"]>;
}

type Ended = Awaited<Started["ended"]>;
type ShortResult = { decision: string; decidedBy: string; result: string };

/** Until the review stands and its reviewers were told, or could not be. */
export const waiting = ({ runner }: Started) =>
  runner.getOperation("tell reviewers of review-request").waitForData(WaitingOperationStatus.COMPLETED);

export const hana = { subject: "hana", name: "Hana Holm", email: "hana.holm@example.com" };

/** What Hana, who is a reviewer, does. */
export const decide = (outcome: "approved" | "rejected", reason: string) => (started: Started) =>
  started.reviews.decide(started.review, { outcome, reason, by: hana, roles: ["hr-reviewer"] });

export const attemptsOf = (operation: ReturnType<Ended["getOperations"]>[number] | undefined) =>
  operation?.getOperationData()?.StepDetails?.Attempt ?? 1;

/** Operations as the service counts them (one for the start, one each, one for each retry), and bytes that it keeps. */
export function usageOf(ended: Ended) {
  const details = ended
    .getHistoryEvents()
    .flatMap((event) => Object.values(event).filter((value) => typeof value === "object"));
  return {
    operations: ended.getOperations().reduce((sum, operation) => sum + attemptsOf(operation), 1),
    bytes: details.reduce((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0),
  };
}

/** The runner calls an execution by a bare UUID; the service by an ARN, which the workflow reads its name from. */
function withArn(handler: DurableLambdaHandler, arn: string): DurableLambdaHandler {
  return (event, context) => {
    if (!DurableExecutionInvocationInputWithClient.isInstance(event)) return handler(event, context);
    const { durableExecutionClient: client, ...input } = event;
    const own = { DurableExecutionArn: event.DurableExecutionArn };
    const renamed = new DurableExecutionInvocationInputWithClient(
      { ...input, DurableExecutionArn: arn },
      {
        checkpoint: (request, logger) => client.checkpoint({ ...request, ...own }, logger),
        getExecutionState: (request, logger) => client.getExecutionState({ ...request, ...own }, logger),
      },
    );
    return handler(renamed, context);
  };
}
