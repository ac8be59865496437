import type { ErrorObject, ExecutionEnd } from "../core/ports.ts";
import type { OperationUpdate } from "./updates.ts";

export type OperationStatus =
  | "STARTED"
  | "PENDING"
  | "READY"
  | "SUCCEEDED"
  | "FAILED"
  | "CANCELLED"
  | "TIMED_OUT"
  | "STOPPED";

export const isTerminal = (status: OperationStatus) => !["STARTED", "PENDING", "READY"].includes(status);

/** An operation as the state holds it; never changed in place. Timestamps are epoch milliseconds, as in the invocation's event. */
export interface Operation {
  Id: string;
  ParentId?: string;
  Name?: string;
  Type: OperationUpdate["Type"];
  SubType?: string;
  Status: OperationStatus;
  StartTimestamp: number;
  EndTimestamp?: number;
  ExecutionDetails?: { InputPayload: string };
  ContextDetails?: { Result?: string; Error?: ErrorObject; ReplayChildren?: boolean };
  StepDetails?: { Attempt: number; NextAttemptTimestamp?: number; Result?: string; Error?: ErrorObject };
  WaitDetails?: { ScheduledEndTimestamp: number };
  CallbackDetails?: { CallbackId: string; Result?: string; Error?: ErrorObject };
  ChainedInvokeDetails?: { Result?: string; Error?: ErrorObject };
}

export type ExecutionStatus = "RUNNING" | ExecutionEnd["status"];

export type TimerKind = "wait" | "retry" | "callback" | "heartbeat" | "execution" | "invocation" | "retention";

/** An event that waits for the InvocationCompleted of the invocation under way. */
export interface DeferredEvent {
  type: string;
  id: string;
  content: object;
  at: number;
}

/** What is kept of an execution beside its input, operations and events. It stays small: every change writes it. */
export interface ExecutionRecord {
  /** How often it was written. */
  saves: number;
  arn: string;
  /** The last segment of the ARN, and the id of its EXECUTION operation. */
  id: string;
  name: string;
  functionName: string;
  version: string;
  status: ExecutionStatus;
  result?: string;
  error?: ErrorObject;
  startedAt: number;
  endedAt?: number;
  timeoutSeconds: number;
  retentionDays: number;
  asynchronous: boolean;
  tenantId?: string;
  deadLetterArn?: string;
  /** The invocation under way: its request id, since when, and how many operations there were when it began. */
  invocation?: { requestId: string; startedAt: number; since: number };
  /** It is to be invoked as soon as it can be: a trigger that is remembered. */
  due: boolean;
  /** The sequence number of the one valid checkpoint token. */
  token: number;
  /** Counts changes of operations; what changed after `watermark` is the next answer's delta. */
  changes: number;
  watermark: number;
  events: number;
  operations: number;
  bytes: number;
  /** Invocations lost or failed in a row. */
  failures: number;
  /** Operations that the outside changed and no handler has been told of yet. */
  outside: string[];
  deferred: DeferredEvent[];
  /** The operation of another execution that waits for this one. */
  parent?: { arn: string; operation: string };
}

/** What an execution with a row is up to; the others sleep or have ended. */
export const stateOf = ({ status, invocation, due }: ExecutionRecord) => {
  if (invocation) return "invoked";
  return status === "RUNNING" && due ? "due" : null;
};
