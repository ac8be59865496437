import { PRICES, type Priced, usdOf } from "#platform";
import { INDEX, INTAKE } from "./assumptions.ts";
import type { Requests } from "./meter.ts";
import type { Used } from "./run.ts";

export type Trigger = keyof typeof INTAKE;

/** One path's row: counts of one execution, prices of a thousand, in US dollars. */
export interface Cost {
  workflow: string;
  path: string;
  operations: number;
  invocations: number;
  gbSeconds: number;
  bytesWritten: number;
  tokens: number;
  usdPerThousand: number;
  stepFunctionsUsdPerThousand: number;
  /** Where the money goes, for a thousand, in US dollars. */
  parts: { durable: number; lambda: number; model: number; services: number; people: number };
  /** Step Functions Standard: its transitions, and what Lambda and the rest cost beside it, for a thousand. */
  stepFunctions: { transitions: number; transitionsUsd: number; lambda: number; rest: number };
}

/** The console's function, for each act of a person or of a system that calls back. */
const CONSOLE = { memoryMb: 512, milliseconds: 80 };
const DISPATCHER_MEMORY_MB = 256;
const INDEXER_MEMORY_MB = 256;
/** Invocations of the dispatcher and of the index's function. */
const SERVING = 1 + INDEX.invocations;
/** What a state machine has besides its states: its start and its end count as transitions too. */
const START_AND_END = 2;
const GB = 1024 ** 3;
const DAYS_A_MONTH = 30;

export function priceOf(used: Used, trigger: Trigger): Cost {
  const { operations, invocations, bytesWritten, requests, outside, tokens } = used;
  const intake = INTAKE[trigger];
  const own = gbSeconds(used.memoryMb, used.milliseconds);
  const serving =
    gbSeconds(DISPATCHER_MEMORY_MB, intake.milliseconds) + gbSeconds(INDEXER_MEMORY_MB, INDEX.milliseconds);
  const kept = ((used.days + used.retentionDays) / DAYS_A_MONTH) * (bytesWritten / GB);
  const durable = usdOf({
    durableOperation: operations,
    durableGbWritten: bytesWritten / GB,
    durableGbMonth: kept,
  });
  const lambda = usdOf({ lambdaRequest: invocations + SERVING, lambdaGbSecond: own + serving });
  const services = usdOf(amountsOf(requests)) + usdOf(amountsOf(intake)) + usdOf(amountsOf(INDEX));
  const people = usdOf({
    ...amountsOf(outside.requests),
    httpApiRequest: outside.acts,
    lambdaRequest: outside.acts,
    lambdaGbSecond: outside.acts * gbSeconds(CONSOLE.memoryMb, CONSOLE.milliseconds),
  });
  // There each attempt is a task of its own, and nothing is replayed; all else stays as it is.
  const transitions = operations - 1 + START_AND_END;
  const transitionsUsd = usdOf({ stepFunctionsTransition: transitions });
  const taskLambda = usdOf({ lambdaRequest: used.attempts + SERVING, lambdaGbSecond: own + serving });
  const rest = services + people + used.modelUsd;
  const thousand = (usd: number) => usd * 1_000;
  return {
    workflow: used.workflow,
    path: used.path,
    operations,
    invocations,
    gbSeconds: own + serving,
    bytesWritten,
    tokens: tokens.input + tokens.output,
    usdPerThousand: thousand(durable + lambda + rest),
    stepFunctionsUsdPerThousand: thousand(transitionsUsd + taskLambda + rest),
    parts: {
      durable: thousand(durable),
      lambda: thousand(lambda),
      model: thousand(used.modelUsd),
      services: thousand(services),
      people: thousand(people),
    },
    stepFunctions: {
      transitions,
      transitionsUsd: thousand(transitionsUsd),
      lambda: thousand(taskLambda),
      rest: thousand(rest),
    },
  };
}

const gbSeconds = (memoryMb: number, milliseconds: number) => (memoryMb / 1_024) * (milliseconds / 1_000);

function amountsOf(requests: Partial<Requests>): Partial<Record<Priced, number>> {
  return {
    sqsRequest: requests.sqsRequests ?? 0,
    s3Write: requests.s3Writes ?? 0,
    s3Read: requests.s3Reads ?? 0,
    dynamoDbWriteUnit: requests.dynamoDbWriteUnits ?? 0,
    dynamoDbReadUnit: requests.dynamoDbReadUnits ?? 0,
    sesMail: requests.sesMails ?? 0,
    eventBridgeEvent: requests.events ?? 0,
  };
}

export const priceList = `${PRICES.region}, ${PRICES.listed}`;
