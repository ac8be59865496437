import { z } from "zod";
import { names } from "#deployment";
import { parseExecutionArn } from "./arn.ts";
import { type ExecutionRecord, STATUSES, subjectOf } from "./record.ts";

/**
 * EventBridge's event of an execution's status
 * (https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html): sent at the start and at the end, at least once, in any order.
 */
const StatusEvent = z.object({
  source: z.literal("aws.lambda"),
  "detail-type": z.literal("Durable Execution Status Change"),
  detail: z.object({
    durableExecutionArn: z.string(),
    status: z.enum(STATUSES),
    startTimestamp: z.iso.datetime({ offset: true }),
    endTimestamp: z.iso.datetime({ offset: true }).optional(),
  }),
});

interface Named {
  name: string;
}

/** The record that such an event makes; undefined for anything else, and for an execution of nothing of ours. */
export function recordOfEvent(event: unknown, contracts: readonly Named[]): ExecutionRecord | undefined {
  const { data } = StatusEvent.safeParse(event);
  if (!data) return undefined;
  const { durableExecutionArn, status, startTimestamp, endTimestamp } = data.detail;
  return recordOf(
    {
      DurableExecutionArn: durableExecutionArn,
      Status: status,
      StartTimestamp: new Date(startTimestamp),
      EndTimestamp: endTimestamp === undefined ? undefined : new Date(endTimestamp),
    },
    contracts,
  );
}

/** The record of an execution as the service lists it. */
export function recordOf(
  listed: {
    DurableExecutionArn?: string | undefined;
    Status?: string | undefined;
    StartTimestamp?: Date | undefined;
    EndTimestamp?: Date | undefined;
  },
  contracts: readonly Named[],
): ExecutionRecord | undefined {
  const { DurableExecutionArn: arn = "", Status, StartTimestamp, EndTimestamp } = listed;
  const parsed = parseExecutionArn(arn);
  const contract = contracts.find(({ name }) => names.workflow(name) === parsed?.functionName);
  const status = STATUSES.find((one) => one === Status);
  if (!parsed || !contract || !status || !StartTimestamp) return undefined;
  const { name, version } = parsed;
  return {
    arn,
    name,
    workflow: contract.name,
    version,
    status,
    startedAt: StartTimestamp.toISOString(),
    ...(EndTimestamp && { endedAt: EndTimestamp.toISOString() }),
    subject: subjectOf({ name }),
  };
}
