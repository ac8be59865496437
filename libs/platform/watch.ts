import type {
  Event,
  Execution,
  GetDurableExecutionCommandOutput,
  ListDurableExecutionsByFunctionCommandInput,
} from "@aws-sdk/client-lambda";
import { clientDefaults, isAwsError, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("./clients/lambda.ts");
  return { sdk, client: new sdk.LambdaClient(clientDefaults) };
});

export type ExecutionSummary = Execution;
export type ExecutionDetails = GetDurableExecutionCommandOutput;
export type ExecutionEvent = Event;

/** Executions of a function, the newest first; `next` is the marker of the next page. 15 such calls a second for everybody. */
export async function listExecutions(
  filter: Omit<ListDurableExecutionsByFunctionCommandInput, "ReverseOrder">,
): Promise<{ executions: Execution[]; next?: string }> {
  const { sdk, client } = await load();
  try {
    const answer = await client.send(new sdk.ListDurableExecutionsByFunctionCommand({ ...filter, ReverseOrder: true }));
    return { executions: answer.DurableExecutions ?? [], ...(answer.NextMarker && { next: answer.NextMarker }) };
  } catch (error) {
    if (isAwsError(error, "ResourceNotFoundException")) return { executions: [] };
    throw error;
  }
}

/** One execution; undefined where there is none, or its retention has ended. `data`: with input, result and error. */
export async function getExecution(arn: string, data: boolean): Promise<ExecutionDetails | undefined> {
  const { sdk, client } = await load();
  const command = new sdk.GetDurableExecutionCommand({ DurableExecutionArn: arn, IncludeExecutionData: data });
  return found(client.send(command));
}

const HISTORY_PAGES = 4;

/** An execution's events, the oldest first, without payloads unless `data`; `more` where there are over 4,000. */
export async function getHistory(
  arn: string,
  { data = false }: { data?: boolean } = {},
): Promise<{ events: Event[]; more: boolean }> {
  const { sdk, client } = await load();
  const events: Event[] = [];
  let Marker: string | undefined;
  for (let page = 0; page < HISTORY_PAGES; page += 1) {
    const answer = await client.send(
      new sdk.GetDurableExecutionHistoryCommand({
        DurableExecutionArn: arn,
        IncludeExecutionData: data,
        MaxItems: 1_000,
        ...(Marker && { Marker }),
      }),
    );
    events.push(...(answer.Events ?? []));
    Marker = answer.NextMarker;
    if (!Marker) return { events, more: false };
  }
  return { events, more: true };
}

async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isAwsError(error, "ResourceNotFoundException")) return undefined;
    throw error;
  }
}
