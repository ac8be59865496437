import type { ClockState } from "../core/clock.ts";
import type { ErrorObject } from "../core/ports.ts";

// Each message is a line of JSON on the socket that a function's process has as its file descriptor 3.

/** What the local cloud tells a function's process. */
export type ToRuntime =
  | { type: "init"; folder: string; handler: string; clock: ClockState }
  | { type: "invoke"; event: unknown; context: RuntimeContext; isDurable: boolean }
  | { type: "reply"; call: number; value?: unknown; error?: RemoteError }
  | { type: "clock"; clock: ClockState };

/** What a function's process tells the local cloud. */
export type FromRuntime =
  | { type: "call"; call: number; method: "checkpoint" | "getExecutionState"; request: unknown }
  /** `hasPrinted`: a line `END_OF_OUTPUT` follows on its standard output, behind all that the invocation printed. */
  | { type: "end"; payload?: string; error?: ErrorObject; hasPrinted: boolean }
  /** The process is about to end by an error that nobody caught. */
  | { type: "fatal"; error: ErrorObject };

export const END_OF_OUTPUT = "\0end";

export interface RuntimeContext {
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

/** An AWS error as it crosses processes. */
export interface RemoteError {
  type: string;
  status: number;
  message: string;
}
