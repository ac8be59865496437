import { z } from "zod";
import type { ErrorObject, ExecutionEnd } from "../core/ports.ts";

export const LIMITS = {
  operations: 3_000,
  bytes: 100_000_000,
  payloadBytes: 6 * 1024 * 1024,
  callbackBytes: 1024 * 1024,
  asyncInputBytes: 1024 * 1024,
  delaySeconds: 31_622_400,
  callbackSeconds: 99_999_999,
} as const;

const Delay = z.int().min(1).max(LIMITS.delaySeconds);
const CallbackTimeout = z.int().min(0).max(LIMITS.callbackSeconds).optional();
const Payload = z
  .string()
  .refine((payload) => Buffer.byteLength(payload) <= LIMITS.payloadBytes, "expected at most 6 MiB");
export const ErrorShape = z.object({
  ErrorType: z.string().optional(),
  ErrorMessage: z.string().optional(),
  ErrorData: z.string().optional(),
  StackTrace: z.array(z.string()).optional(),
});

export const OperationUpdate = z.object({
  Id: z.string().regex(/^[A-Za-z0-9-_]{1,64}$/, "expected 1 to 64 of letters, digits, - and _"),
  ParentId: z.string().optional(),
  Name: z.string().min(1).max(256).optional(),
  Type: z.enum(["EXECUTION", "CONTEXT", "STEP", "WAIT", "CALLBACK", "CHAINED_INVOKE"]),
  SubType: z.string().min(1).max(32).optional(),
  Action: z.enum(["START", "SUCCEED", "FAIL", "RETRY", "CANCEL"]),
  Payload: Payload.optional(),
  Error: ErrorShape.optional(),
  ContextOptions: z.object({ ReplayChildren: z.boolean().optional() }).optional(),
  StepOptions: z.object({ NextAttemptDelaySeconds: Delay.optional() }).optional(),
  WaitOptions: z.object({ WaitSeconds: Delay.optional() }).optional(),
  CallbackOptions: z.object({ TimeoutSeconds: CallbackTimeout, HeartbeatTimeoutSeconds: CallbackTimeout }).optional(),
  ChainedInvokeOptions: z.object({ FunctionName: z.string(), TenantId: z.string().optional() }).optional(),
});
export type OperationUpdate = z.infer<typeof OperationUpdate>;

export const CheckpointRequest = z.object({
  CheckpointToken: z.string(),
  ClientToken: z.string().max(64).optional(),
  Updates: z.array(OperationUpdate).optional(),
});

export type OperationStatus =
  | "STARTED"
  | "PENDING"
  | "READY"
  | "SUCCEEDED"
  | "FAILED"
  | "CANCELLED"
  | "TIMED_OUT"
  | "STOPPED";

/** An operation as the state holds it. Timestamps are epoch milliseconds, as in the invocation's event. */
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

/** What is kept of an execution beside its operations and events. */
export interface ExecutionRecord {
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
  /** The invocation under way: its request id and since when. */
  invocation?: { requestId: string; startedAt: number };
  /** The sequence number of the one valid checkpoint token. */
  token: number;
  /** The last accepted checkpoint, for a client that repeats it. */
  last?: { clientToken: string; inbound: string; answer: string };
  /** Counts changes of operations; what changed after `watermark` is the next answer's delta. */
  changes: number;
  watermark: number;
  events: number;
  operations: number;
  bytes: number;
  /** Invocations lost or failed in a row. */
  failures: number;
  /** Operations that the outside changed since the last invocation began. */
  outside: string[];
  /** Events that wait for the InvocationCompleted of the invocation under way. */
  deferred: object[];
  /** The operation of another execution that waits for this one. */
  parent?: { arn: string; operation: string };
}

export const isTerminal = (status: OperationStatus) => !["STARTED", "PENDING", "READY"].includes(status);
