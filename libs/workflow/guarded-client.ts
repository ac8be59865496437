import {
  DurableExecutionApiClient,
  type DurableExecutionClient,
  DurableExecutionClientError,
  DurableExecutionClientErrorScope,
} from "@aws/durable-execution-sdk-js";

/**
 * The SDK's transport with one correction. The service answers a stale token with `Invalid checkpoint token`; SDK 2.4.0
 * looks for `Invalid Checkpoint Token` and would fail the whole execution where only this invocation is out of date.
 * Remove it when the SDK compares the two without regard to case.
 */
export function guardClient(client: DurableExecutionClient = new DurableExecutionApiClient()): DurableExecutionClient {
  return {
    getExecutionState: (request, logger) => client.getExecutionState(request, logger).catch(rethrow),
    checkpoint: (request, logger) => client.checkpoint(request, logger).catch(rethrow),
  };
}

function rethrow(error: unknown): never {
  if (error instanceof Error && /^invalid checkpoint token/i.test(error.message)) {
    throw new DurableExecutionClientError(error.message, {
      scope: DurableExecutionClientErrorScope.INVOCATION,
      cause: error,
    });
  }
  throw error;
}
