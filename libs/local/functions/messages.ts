import type { ErrorObject } from "../core/ports.ts";

/** What the main thread tells a worker. */
export type ToWorker =
  | { type: "invoke"; event: unknown; context: WorkerContext; isDurable: boolean }
  | { type: "reply"; call: number; value?: unknown; error?: RemoteError };

/** What a worker tells the main thread. */
export type FromWorker =
  | { type: "ready" }
  | { type: "end"; payload?: string; error?: ErrorObject }
  | { type: "call"; call: number; method: "checkpoint" | "getExecutionState"; request: unknown };

export interface WorkerContext {
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  awsRequestId: string;
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
  /** Epoch milliseconds, of the machine's own time: moving the clock takes none from an invocation. */
  deadline: number;
  tenantId?: string;
}

/** An AWS error as it crosses threads. */
export interface RemoteError {
  type: string;
  status: number;
  message: string;
}

export interface WorkerData {
  folder: string;
  /** `file.export`. */
  handler: string;
  /** The local cloud's clock, which the function's Date shows. */
  clock: SharedArrayBuffer;
}
