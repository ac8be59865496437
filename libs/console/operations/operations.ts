import { type CancelOrder, cancelExecution } from "#compensation";
import { names } from "#deployment";
import { parseExecutionArn, type Use, useOf } from "#executions";
import {
  countMessages,
  type ExecutionDetails,
  getExecution,
  getHistory,
  LonghaulError,
  stopExecution,
  type Table,
} from "#platform";
import type { Contract } from "#workflow";
import { type ExecutionLog, executionLog } from "./logs.ts";
import { createSearch, type Search } from "./search.ts";
import { type Timeline, timelineOf } from "./timeline.ts";
import { createVersions, type WorkflowVersions } from "./versions.ts";

/** There is no execution here: never was, or its retention has ended. */
export class ExecutionNotFoundError extends LonghaulError {
  constructor() {
    super("EXECUTION_NOT_FOUND", "There is no such execution, or its retention has ended.");
  }
}

/** An execution as its page shows it. */
interface Known {
  details: ExecutionDetails;
  timeline: Timeline;
  /** Numbers alone: nobody has to be granted them. */
  use: Use;
  workflow: string;
}

/** What operators see and do: lists come from the index, one execution from the service itself. */
export interface Operations extends Search {
  /** Which execution works on an uploaded object, by its key. */
  byKey(key: string): Promise<string | undefined>;
  /** Executions by version: at most 15 seconds old. */
  versions(): Promise<WorkflowVersions[]>;
  /** The lines of its log. `data`: as they were written. @throws ExecutionNotFoundError */
  log(arn: string, data: boolean): Promise<ExecutionLog | undefined>;
  /** `data`: with input, result and error. @throws ExecutionNotFoundError also for an ARN that is not a workflow's of ours */
  get(arn: string, data: boolean): Promise<Known>;
  /** Ends it at its next checkpoint, with no compensation. @throws ExecutionNotFoundError */
  stop(arn: string, by: string): Promise<void>;
  /** Cancels it in its own way: it undoes what it did. False where it had ended, or does not listen. @throws ExecutionNotFoundError */
  cancel(arn: string, order: Pick<CancelOrder, "by" | "roles" | "reason">): Promise<boolean>;
  /** Messages in a workflow's dead-letter queues; undefined where they cannot be counted. */
  deadLetters(workflow: string): Promise<number | undefined>;
}

export function createOperations(options: {
  contracts: readonly Contract[];
  requests: Table;
  /** The index's. */
  executions: Table;
  now: () => number;
}): Operations {
  const { contracts, requests, now } = options;
  const contractOf = (arn: string) => {
    const functionName = parseExecutionArn(arn)?.functionName;
    const contract = contracts.find(({ name }) => names.workflow(name) === functionName);
    if (!contract) throw new ExecutionNotFoundError();
    return contract;
  };
  const workflowOf = (arn: string) => contractOf(arn).name;

  return {
    ...createSearch(options),
    versions: createVersions(options),

    async byKey(key) {
      const item = await requests.get({ source: key });
      return item && String(item.execution);
    },

    async get(arn, data) {
      const workflow = workflowOf(arn);
      const details = await getExecution(arn, data);
      if (!details) throw new ExecutionNotFoundError();
      const history = await getHistory(arn, { data: true });
      return { details, timeline: timelineOf(history), use: useOf(history.events), workflow };
    },

    async log(arn, data) {
      const workflow = workflowOf(arn);
      const details = await getExecution(arn, false);
      if (!details) throw new ExecutionNotFoundError();
      const { StartTimestamp, EndTimestamp } = details;
      const [from, to] = [Number(StartTimestamp ?? 0), Number(EndTimestamp ?? now())];
      return executionLog(arn, { workflow, from, to, data });
    },

    async stop(arn, by) {
      workflowOf(arn);
      if (!(await getExecution(arn, false))) throw new ExecutionNotFoundError();
      await stopExecution(arn, { type: "Longhaul.Stopped", message: `Stopped in the console by ${by}.` });
    },

    async cancel(arn, order) {
      const contract = contractOf(arn);
      if (!(await getExecution(arn, false))) throw new ExecutionNotFoundError();
      return (await cancelExecution({ executionArn: arn, contract, ...order })).cancelled;
    },

    async deadLetters(workflow) {
      const queues = [names.deadLetters(workflow), names.failures(workflow)];
      const counts = await Promise.all(queues.map(countMessages));
      const known = counts.filter((count) => count !== undefined);
      return known.length > 0 ? known.reduce((sum, count) => sum + count, 0) : undefined;
    },
  };
}
