/** How the local services reach one another inside the process. Over the network everybody uses the AWS APIs. */

/** A message as a Lambda event source mapping hands it on (the shape of an SQS record's parts). */
export interface QueueMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  /** System attributes: ApproximateReceiveCount, SentTimestamp, SenderId, ApproximateFirstReceiveTimestamp, … */
  attributes: Record<string, string>;
  messageAttributes: Record<string, { dataType: string; stringValue?: string; binaryValue?: string }>;
}

export interface QueuePort {
  /** Up to `maximum` (1 to 10,000) visible messages, hidden for the queue's visibility timeout. */
  receive(queueArn: string, maximum: number): Promise<QueueMessage[]>;
  /** Makes visible at once what was received and is neither deleted nor given back: for a consumer that is known to be dead. */
  release(queueArn: string): Promise<void>;
  delete(queueArn: string, receiptHandles: readonly string[]): Promise<void>;
  /** Durable when the promise resolves. `attributes` become String message attributes. Answers the message id. */
  send(queueArn: string, message: { body: string; attributes?: Record<string, string> }): Promise<string>;
  /** Calls `available` when a message of the queue may have become visible (sent, released, redriven). Answers a stop function. */
  watch(queueArn: string, available: () => void): () => void;
  exists(queueArn: string): boolean;
}

export interface EventPort {
  /** Within a transaction of the store: the event is on the bus when that is committed, and once. */
  put(event: { source: string; detailType: string; detail: unknown; resources?: readonly string[] }): void;
}

/** A function's version, as an invocation needs it. */
export interface FunctionVersion {
  name: string;
  /** A number, or `$LATEST`. */
  version: string;
  /** The folder with the unpacked code. */
  folder: string;
  /** `file.export`, as Lambda writes it. */
  handler: string;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  memoryMb: number;
  durable?: { executionTimeoutSeconds: number; retentionDays: number };
  deadLetterArn?: string;
}

export interface ErrorObject {
  ErrorType?: string | undefined;
  ErrorMessage?: string | undefined;
  ErrorData?: string | undefined;
  StackTrace?: string[] | undefined;
}

/** How an invocation ended: the handler answered (JSON text), threw, its process ended under it, or it ran out of time. */
export type InvocationEnd =
  | { kind: "answer"; payload: string }
  | { kind: "error" | "exit" | "timeout"; error: ErrorObject };

/** What the durable SDK inside a worker asks of the engine; requests and answers have the shapes of the wire API. */
export interface DurableTransport {
  checkpoint(request: {
    DurableExecutionArn: string;
    CheckpointToken: string;
    ClientToken?: string;
    Updates?: unknown[];
  }): Promise<unknown>;
  getExecutionState(request: {
    DurableExecutionArn: string;
    CheckpointToken: string;
    Marker?: string;
    MaxItems?: number;
  }): Promise<unknown>;
}

export interface Invocation {
  requestId: string;
  event: unknown;
  tenantId?: string;
  /** Another invocation waits for it: it takes no turn behind those that wait for a worker. */
  isAwaited?: boolean;
  /** Set for a durable function: the run that this invocation carries, and its way to the engine. */
  durable?: { executionArn: string; transport: DurableTransport };
}

/** Runs functions. Built by `libs/local/functions`. */
export interface FunctionPort {
  /** By name and qualifier (alias, version, `$LATEST`); undefined where there is none. */
  resolve(name: string, qualifier: string): FunctionVersion | undefined;
  /** Never rejects for what the handler does; waits for a free worker. */
  invoke(target: FunctionVersion, invocation: Invocation): Promise<InvocationEnd>;
}

export type ExecutionEnd =
  | { status: "SUCCEEDED"; result?: string }
  | { status: "FAILED" | "TIMED_OUT" | "STOPPED"; error: ErrorObject };

/** Durable executions. Built by `libs/local/engine`. */
export interface EnginePort {
  /**
   * Starts a durable execution, durable when the promise resolves, or finds the one of that name.
   * @throws WireError DurableExecutionAlreadyStartedException (409) for the same name with another payload.
   */
  start(
    target: FunctionVersion,
    request: { name?: string; input: string; asynchronous: boolean; tenantId?: string },
  ): Promise<{ arn: string; end: Promise<ExecutionEnd> }>;
  /** How many executions of the function (or of one version of it) are RUNNING. */
  running(name: string, version?: string): number;
  /** Stops those executions; answers how many there were. */
  stopAll(name: string, version?: string): Promise<number>;
}
