import {
  DurableExecutionApiClient,
  type DurableExecutionClient,
  DurableExecutionClientError,
  DurableExecutionClientErrorScope,
} from "@aws/durable-execution-sdk-js";

/**
 * The SDK's transport with one correction. The service answers a stale token with `Invalid checkpoint token`; SDK 2.4.0
 * looks for `Invalid Checkpoint Token` and would fail the whole execution where only this invocation is out of date.
 * Remove it when the SDK compares the two without regard to case. The client is made when it is first used: at once it would
 * load the AWS SDK at every start, also where the event brings a transport.
 */
export function guardClient(connect: () => DurableExecutionClient = defaultClient): DurableExecutionClient {
  let made: DurableExecutionClient | undefined;
  const client = () => {
    made ??= connect();
    return made;
  };
  return {
    getExecutionState: (request, logger) => client().getExecutionState(request, logger).catch(rethrow),
    checkpoint: (request, logger) => client().checkpoint(request, logger).catch(rethrow),
  };
}

const defaultClient = () => new DurableExecutionApiClient();

function rethrow(error: unknown): never {
  if (error instanceof Error && /^invalid checkpoint token/i.test(error.message)) {
    throw new DurableExecutionClientError(error.message, {
      scope: DurableExecutionClientErrorScope.INVOCATION,
      cause: error,
    });
  }
  throw error;
}
