import { createHash, randomUUID } from "node:crypto";
import { DurableExecutionInvocationInputWithClient, type DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import { LocalDurableTestRunner, WaitingOperationStatus } from "@aws/durable-execution-sdk-js-testing";
import { createReviewStore, createReviews, type Reviews } from "#callbacks";
import type { DocumentInput } from "#intake";
import { createTable } from "#platform";
import type { Contract } from "#workflow";
import { createScriptedModel } from "./scripted-model.ts";
import { startServices } from "./services.ts";

const Bucket = "longhaul-documents";

/** A running execution, with the reviews that it opens. */
export interface Started {
  runner: LocalDurableTestRunner;
  execution: string;
  arn: string;
  reviews: Reviews;
  ended: ReturnType<LocalDurableTestRunner["run"]>;
}

export type Ended = Awaited<Started["ended"]>;

/**
 * A workflow on AWS's own local test runner, over real local services (bucket, tables, mail) and a model that does what the
 * test says. `load` imports the workflow: after the environment is made, which its activities read. `skipTime` spares the waits, and
 * lets timers of this process go no faster than every 20 ms: only for tests that wait.
 */
export async function startOnRunner(
  { name, reviews: rules }: Pick<Contract, "name" | "reviews">,
  load: () => Promise<{ handler: DurableLambdaHandler }>,
  { skipTime = false }: { skipTime?: boolean } = {},
) {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime });
  const { script, service } = createScriptedModel();
  const services = await startServices([service]);
  const roles = Object.values(rules).map(({ role }) => role);
  Object.assign(process.env, {
    LONGHAUL_BUCKET: Bucket,
    LONGHAUL_MAIL_FROM: "longhaul@example.com",
    LONGHAUL_REVIEWS_TABLE: "longhaul-reviews",
    LONGHAUL_CONSOLE_URL: "http://127.0.0.1:4680",
    LONGHAUL_ROLE_ADDRESSES: JSON.stringify(Object.fromEntries(roles.map((role) => [role, [`${role}@example.com`]]))),
  });
  const { handler } = await load();

  return {
    ...services,
    script,
    /** Puts a document's copy where the dispatcher would; answers the execution's input. */
    async place(file: string, body: string | Uint8Array): Promise<DocumentInput> {
      const snapshot = `${name}/documents/${randomUUID()}`;
      await services.s3.putObject({ Bucket, Key: snapshot, Body: Buffer.from(body) });
      const sha256 = createHash("sha256").update(body).digest("hex");
      return { document: { key: `${name}/requests/${file}`, snapshot, sha256, size: Buffer.byteLength(body) } };
    },
    /** Starts an execution; answers to its reviews go to the callback of the same name. */
    start(input: unknown, execution = `${name}-${randomUUID().replaceAll("-", "")}`): Started {
      const arn = `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-${name}:1/durable-execution/${execution}/1`;
      const runner = new LocalDurableTestRunner({ handlerFunction: withArn(handler, arn) });
      const callbacks = Object.keys(rules).map((review) => runner.getOperation(review));
      const reviews = createReviews({
        store: createReviewStore(createTable("longhaul-reviews")),
        async answerCallback(callbackId, decision) {
          const waiting = callbacks.find((one) => one.getCallbackDetails()?.callbackId === callbackId);
          await waiting?.sendCallbackSuccess(JSON.stringify(decision));
          return waiting !== undefined;
        },
      });
      return { runner, execution, arn, reviews, ended: runner.run({ payload: input }) };
    },
    /** The JSON under a key of the bucket. */
    async read(key: string) {
      const { Body } = await services.s3.getObject({ Bucket, Key: key });
      return JSON.parse((await Body?.transformToString()) ?? "") as Record<string, unknown>;
    },
    async close() {
      await services.close();
      await LocalDurableTestRunner.teardownTestEnvironment();
    },
  };
}

/** Until the review of this name stands and its reviewers were told, or could not be. */
export const untilAsked = ({ runner }: Pick<Started, "runner">, review: string) =>
  runner.getOperation(`tell reviewers of ${review}`).waitForData(WaitingOperationStatus.COMPLETED);

export const hana = { subject: "hana", name: "Hana Holm", email: "hana.holm@example.com" };

/** What Hana, who is a reviewer, does. */
export const decideReview = (
  { reviews, execution }: Pick<Started, "reviews" | "execution">,
  review: string,
  { outcome, reason }: { outcome: "approved" | "rejected"; reason: string },
) => reviews.decide(`${execution}.${review}`, { outcome, reason, by: hana, roles: ["hr-reviewer"] });

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
