import type { Event } from "@aws-sdk/client-lambda";
import { clientDefaults, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("@aws-sdk/client-lambda");
  return { sdk, client: new sdk.LambdaClient(clientDefaults) };
});

export interface Usage {
  /** The start, each operation, each retry. */
  operations: number;
  /** Of the input, and of all that was checkpointed. */
  bytes: number;
}

/** What an execution has used until now of the service's 3,000 operations and 100 MB, read from its history: rarely asked, for it reads all of it. */
export async function readUsage(executionArn: string): Promise<Usage> {
  const { sdk, client } = await load();
  const ids = new Set<string>();
  let retries = 0;
  let bytes = 0;
  let Marker: string | undefined;
  do {
    const { Events = [], NextMarker } = await client.send(
      new sdk.GetDurableExecutionHistoryCommand({
        DurableExecutionArn: executionArn,
        IncludeExecutionData: true,
        MaxItems: 1_000,
        ...(Marker && { Marker }),
      }),
    );
    for (const event of Events) {
      if (event.Id) ids.add(event.Id);
      const details = detailsOf(event);
      if (details?.RetryDetails?.NextAttemptDelaySeconds !== undefined) retries += 1;
      for (const said of [details?.Input?.Payload, details?.Result?.Payload, details?.Error?.Payload])
        bytes += said === undefined ? 0 : Buffer.byteLength(typeof said === "string" ? said : JSON.stringify(said));
    }
    Marker = NextMarker;
  } while (Marker);
  return { operations: ids.size + retries, bytes };
}

interface Details {
  Input?: { Payload?: string };
  Result?: { Payload?: string };
  Error?: { Payload?: object };
  RetryDetails?: { NextAttemptDelaySeconds?: number };
}

const detailsOf = (event: Event) =>
  Object.entries(event).find(([key]) => key.endsWith("Details"))?.[1] as Details | undefined;
