import { clientDefaults, once } from "./call.ts";
import { LonghaulError } from "./errors.ts";

/** A function that was asked ended with an error, and not with an answer. Which one is in its own log. */
export class FunctionFailedError extends LonghaulError {
  override readonly retryable = true;
  constructor(functionName: string) {
    super("FUNCTION_FAILED", `The function ${functionName} did not answer; its log says why.`);
  }
}

const TIMEOUT_MS = 25_000;

const load = once(async () => {
  const sdk = await import("./clients/lambda.ts");
  const requestHandler = { ...clientDefaults.requestHandler, requestTimeout: TIMEOUT_MS };
  return { sdk, client: new sdk.LambdaClient({ ...clientDefaults, requestHandler }) };
});

/**
 * Invokes a plain function synchronously and answers what it answered, JSON as `input` is; not yet validated. It is asked
 * again where it cannot be reached: only for functions that change nothing. @throws FunctionFailedError
 */
export async function askFunction(target: {
  functionName: string;
  qualifier: string;
  input: unknown;
}): Promise<unknown> {
  const { functionName: FunctionName, qualifier: Qualifier, input } = target;
  const { sdk, client } = await load();
  const answer = await client.send(new sdk.InvokeCommand({ FunctionName, Qualifier, Payload: JSON.stringify(input) }));
  if (answer.FunctionError) throw new FunctionFailedError(FunctionName);
  return JSON.parse(answer.Payload?.transformToString() || "null");
}
