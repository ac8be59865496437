import { clientDefaults, isAwsError, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("./clients/lambda.ts");
  return { sdk, client: new sdk.LambdaClient(clientDefaults) };
});

/**
 * For who starts many: over the service's rate it slows down by itself and tries again within the deadline, where a few quick
 * attempts would only be refused together.
 */
const loadPatient = once(async () => {
  const sdk = await import("./clients/lambda.ts");
  return { sdk, client: new sdk.LambdaClient({ ...clientDefaults, maxAttempts: 10, retryMode: "adaptive" }) };
});
const PATIENCE_MS = 20_000;

export type Started = { started: true; arn: string | undefined } | { started: false };

export interface StartTarget {
  functionName: string;
  qualifier: string;
  name: string;
  input: unknown;
}

/**
 * Starts a durable execution asynchronously, by alias and name. The same name and input again is the same execution;
 * `started: false` says that the name exists with another input. `patient`: for up to 20 seconds where the service refuses
 * for its rate.
 */
export async function startExecution(target: StartTarget, { patient = false } = {}): Promise<Started> {
  const { sdk, client } = await (patient ? loadPatient() : load());
  try {
    const answer = await client.send(
      new sdk.InvokeCommand({
        FunctionName: target.functionName,
        Qualifier: target.qualifier,
        InvocationType: "Event",
        DurableExecutionName: target.name,
        Payload: JSON.stringify(target.input),
      }),
      patient ? { abortSignal: AbortSignal.timeout(PATIENCE_MS) } : {},
    );
    return { started: true, arn: answer.DurableExecutionArn };
  } catch (error) {
    // Two public sources name this error differently (docs: durable execution names).
    if (isAwsError(error, "DurableExecutionAlreadyStartedException", "DurableExecutionAlreadyExists"))
      return { started: false };
    throw error;
  }
}

/** Answers a callback with a JSON value. `false`: it had been answered, had expired, or its execution has ended. */
export async function succeedCallback(callbackId: string, result: unknown): Promise<boolean> {
  const { sdk, client } = await load();
  const Result = Buffer.from(JSON.stringify(result));
  return isTaken(client.send(new sdk.SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId, Result })));
}

/** Answers a callback with a failure; `false` as for a success. */
export async function failCallback(callbackId: string, failure: { code: string; message: string }): Promise<boolean> {
  const { sdk, client } = await load();
  const error = { ErrorType: failure.code, ErrorMessage: failure.message };
  const command = new sdk.SendDurableExecutionCallbackFailureCommand({ CallbackId: callbackId, Error: error });
  return isTaken(client.send(command));
}

/** Says that the work behind a callback goes on; `false` as for a success. */
export async function heartbeatCallback(callbackId: string): Promise<boolean> {
  const { sdk, client } = await load();
  return isTaken(client.send(new sdk.SendDurableExecutionCallbackHeartbeatCommand({ CallbackId: callbackId })));
}

async function isTaken(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (isAwsError(error, "CallbackTimeoutException", "ResourceNotFoundException")) return false;
    throw error;
  }
}

const HISTORY_PAGES = 10;
const isAnswer = (type: string | undefined) => type === "CallbackSucceeded" || type === "CallbackFailed";

/**
 * Whether a callback of an execution has been answered, read from its history. Rarely asked: the service
 * allows 15 such calls a second in all.
 */
export async function wasCallbackAnswered(executionArn: string, callbackId: string): Promise<boolean> {
  const { sdk, client } = await load();
  const operations = new Set<string | undefined>();
  let Marker: string | undefined;
  for (let page = 0; page < HISTORY_PAGES; page += 1) {
    const answer = await client.send(
      new sdk.GetDurableExecutionHistoryCommand({
        DurableExecutionArn: executionArn,
        IncludeExecutionData: false,
        MaxItems: 1_000,
        ...(Marker && { Marker }),
      }),
    );
    for (const event of answer.Events ?? []) {
      if (event.CallbackStartedDetails?.CallbackId === callbackId) operations.add(event.Id);
      if (isAnswer(event.EventType) && operations.has(event.Id)) return true;
    }
    Marker = answer.NextMarker;
    if (!Marker) return false;
  }
  return false;
}

/** The id of the first callback of this name in an execution's history; undefined where it has not made one. */
export async function findCallback(executionArn: string, name: string): Promise<string | undefined> {
  const { sdk, client } = await load();
  const pages = sdk.paginateGetDurableExecutionHistory(
    { client },
    { DurableExecutionArn: executionArn, IncludeExecutionData: false },
  );
  for await (const { Events = [] } of pages) {
    const made = Events.find(({ EventType, Name }) => EventType === "CallbackStarted" && Name === name);
    if (made) return made.CallbackStartedDetails?.CallbackId;
  }
  return undefined;
}

/** Stops an execution where it is: STOPPED, with this error. One that has ended stays as it is. */
export async function stopExecution(executionArn: string, error: { type: string; message: string }): Promise<void> {
  const { sdk, client } = await load();
  const { type: ErrorType, message: ErrorMessage } = error;
  await client.send(
    new sdk.StopDurableExecutionCommand({ DurableExecutionArn: executionArn, Error: { ErrorType, ErrorMessage } }),
  );
}
