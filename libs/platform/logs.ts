import { clientDefaults, isAwsError, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("./clients/cloudwatch-logs.ts");
  return { sdk, client: new sdk.CloudWatchLogsClient(clientDefaults) };
});

export interface LogLine {
  /** Epoch milliseconds. */
  at: number;
  message: string;
}

export interface LogSearch {
  group: string;
  /** Looked for as it stands. */
  text: string;
  /** Epoch milliseconds, both included. */
  from: number;
  to: number;
  limit: number;
}

/** An answer of CloudWatch can be empty and still have a next one: it stops after so much reading, not after so many lines. */
const MOST_CALLS = 5;
const LONGEST_MS = 8_000;

/**
 * The lines of a log group that hold a text, the oldest first; `more` where there are, or may be, further ones. Undefined where
 * there is no such group.
 */
export async function searchLog(search: LogSearch): Promise<{ lines: LogLine[]; more: boolean } | undefined> {
  const { group, text, from, to, limit } = search;
  const { sdk, client } = await load();
  const until = Date.now() + LONGEST_MS;
  const lines: LogLine[] = [];
  let nextToken: string | undefined;
  try {
    for (let call = 0; call < MOST_CALLS && Date.now() < until; call += 1) {
      const answer = await client.send(
        new sdk.FilterLogEventsCommand({
          logGroupName: group,
          filterPattern: JSON.stringify(text),
          startTime: from,
          endTime: to,
          limit: limit - lines.length,
          ...(nextToken && { nextToken }),
        }),
      );
      for (const { timestamp = 0, message = "" } of answer.events ?? []) lines.push({ at: timestamp, message });
      nextToken = answer.nextToken;
      if (!nextToken || lines.length >= limit) break;
    }
  } catch (error) {
    if (isAwsError(error, "ResourceNotFoundException")) return undefined;
    throw error;
  }
  return { lines, more: nextToken !== undefined };
}
