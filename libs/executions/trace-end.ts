import { hasCollector, sendSpans, spanIdOf, traceIdOf } from "#platform";
import type { ExecutionRecord } from "./record.ts";

/** The ends that no invocation of the workflow sees. */
const UNSEEN = ["STOPPED", "TIMED_OUT"];

/** Sends the topmost span of an execution's trace where it ended in no invocation, which would have sent it. Twice it is the same. */
export async function traceEnd({ arn, workflow, version, name, status, startedAt, endedAt }: ExecutionRecord) {
  if (!endedAt || !UNSEEN.includes(status) || !hasCollector()) return;
  await sendSpans([
    {
      traceId: traceIdOf(arn),
      spanId: spanIdOf(arn),
      name: workflow,
      began: new Date(startedAt),
      ended: new Date(endedAt),
      attributes: {
        "longhaul.workflow": workflow,
        "longhaul.version": version,
        "longhaul.execution": name,
        "longhaul.outcome": status,
      },
      error: status,
    },
  ]);
}
