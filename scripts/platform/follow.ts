import { setTimeout as sleep } from "node:timers/promises";
import type { Event } from "@aws-sdk/client-lambda";
import { z } from "zod";
import { CANCEL } from "#compensation";
import { names } from "#deployment";
import type { AdminClients } from "#platform/admin";
import type { Sample } from "./samples.ts";

const POLL_MS = 150;

/** The result document's part that a terminal shows. */
const ResultDocument = z.looseObject({
  decision: z.string(),
  why: z.string(),
  /** Of training requests. */
  decidedBy: z.string().optional(),
  score: z.number().nullish(),
  request: z.looseObject({ role: z.string().nullable(), trainingTitle: z.string().nullable() }).nullish(),
});

export type Progress =
  | { state: "working"; text: string }
  | { state: "waiting"; text: string; execution: string; review: string }
  | { state: "failed" | "ended"; text: string; execution: string }
  | { state: "done"; text: string; execution: string; key: string; result: z.infer<typeof ResultDocument> };

/** Tells how a sample gets on, each change once, by what the service's own API says of its execution, until it is done. */
export async function* follow(clients: AdminClients, sample: Sample, signal: AbortSignal): AsyncGenerator<Progress> {
  let last = "";
  while (!signal.aborted) {
    const progress = await look(clients, sample);
    if (progress.text !== last) yield progress;
    last = progress.text;
    if (progress.state !== "working" && progress.state !== "waiting") return;
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function look(clients: AdminClients, { contract, key }: Sample): Promise<Progress> {
  const { Item } = await clients.dynamodb.getItem({
    TableName: names.requests,
    Key: { source: { S: key } },
    ConsistentRead: true,
  });
  const name = Item?.execution?.S;
  if (!name) return { state: "working", text: "uploaded, on its way through the queue" };
  const FunctionName = names.workflow(contract.name);
  const { DurableExecutions } = await clients.lambda.listDurableExecutionsByFunction({
    FunctionName,
    DurableExecutionName: name,
  });
  const execution = DurableExecutions?.[0]?.DurableExecutionArn;
  if (!execution) return { state: "working", text: "starting" };
  const details = await clients.lambda.getDurableExecution({
    DurableExecutionArn: execution,
    IncludeExecutionData: true,
  });
  if (details.Status === "SUCCEEDED") return done(clients, execution, details.Result ?? "{}");
  if (details.Status !== "RUNNING")
    return {
      state: "failed",
      execution,
      text: `${details.Status}: ${details.Error?.ErrorMessage ?? "no reason given"}`,
    };
  const { Events = [] } = await clients.lambda.getDurableExecutionHistory({
    DurableExecutionArn: execution,
    IncludeExecutionData: false,
    ReverseOrder: true,
    MaxItems: 50,
  });
  return running(Events, execution, name);
}

/** `events` are the newest first. */
function running(events: Event[], execution: string, name: string): Progress {
  const callback = events.find(({ EventType, Name }) => EventType === "CallbackStarted" && Name !== CANCEL);
  const ended = events.some(({ EventType, Id }) => Id === callback?.Id && EventType !== "CallbackStarted");
  if (callback && !ended) {
    return { state: "waiting", text: "waits for a person's decision", execution, review: `${name}.${callback.Name}` };
  }
  const newest = events.find(({ EventType }) => EventType?.startsWith("Step"));
  return {
    state: "working",
    text: newest?.Name
      ? `${newest.Name}${newest.EventType === "StepFailed" ? " (failed, tried again)" : ""}`
      : "started",
  };
}

async function done({ s3 }: AdminClients, execution: string, result: string): Promise<Progress> {
  const { data } = z.looseObject({ result: z.string() }).safeParse(JSON.parse(result));
  if (!data) return { state: "ended", text: "ended", execution };
  const { result: key } = data;
  const object = await s3.getObject({ Bucket: names.bucket, Key: key });
  const document = ResultDocument.parse(JSON.parse((await object.Body?.transformToString()) ?? ""));
  const { decision, decidedBy, score } = document;
  return {
    state: "done",
    text: `${decision}${decidedBy ? ` by ${decidedBy}` : ""}${score === null || score === undefined ? "" : `, score ${score}`}`,
    execution,
    key,
    result: document,
  };
}
