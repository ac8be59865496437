import { z } from "zod";
import type { Service } from "../core/service.ts";
import { awsJsonError, WireError } from "../core/wire-error.ts";
import { matcher } from "./filter-pattern.ts";
import type { LogEvent, Logs } from "./logs.ts";

const MOST_EVENTS = 10_000;
/** What one answer holds at most, as in the service. */
const MOST_BYTES = 1024 * 1024;

const Filter = z
  .strictObject({
    logGroupName: z.string().optional(),
    logGroupIdentifier: z.string().optional(),
    logStreamNames: z.array(z.string()).min(1).max(100).optional(),
    logStreamNamePrefix: z.string().optional(),
    startTime: z.int().min(0).default(0),
    endTime: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
    filterPattern: z.string().max(1_024).default(""),
    nextToken: z.string().optional(),
    limit: z.int().min(1).max(MOST_EVENTS).default(MOST_EVENTS),
    interleaved: z.boolean().optional(),
    unmask: z.boolean().optional(),
  })
  .refine(({ logGroupName, logGroupIdentifier }) => (logGroupName ?? logGroupIdentifier) !== undefined, {
    message: "expected logGroupName or logGroupIdentifier",
  });
const Groups = z.strictObject({ logGroupNamePrefix: z.string().default(""), limit: z.int().optional() });

const invalid = (message: string) => new WireError("InvalidParameterException", 400, message);

/** CloudWatch Logs, as far as reading goes: FilterLogEvents and DescribeLogGroups over what functions printed. */
export function createLogService({ logs, region, account }: { logs: Logs; region: string; account: string }): Service {
  const actions: Readonly<Record<string, (input: unknown) => object>> = {
    FilterLogEvents: (input) => filterLogEvents(logs, parse(Filter, input)),
    DescribeLogGroups(input) {
      const { logGroupNamePrefix } = parse(Groups, input);
      const names = logs.groups().filter((name) => name.startsWith(logGroupNamePrefix));
      const arn = (name: string) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`;
      return { logGroups: names.map((name) => ({ logGroupName: name, arn: arn(name) })) };
    },
  };
  return {
    name: "logs",
    maxBodyBytes: 64 * 1024,
    async handle({ headers, body }) {
      try {
        const name = (headers["x-amz-target"] ?? "").replace(/^Logs_20140328\./, "");
        const action = actions[name];
        if (!action)
          throw new WireError("UnknownOperationException", 400, `The local CloudWatch Logs does not know ${name}.`);
        await logs.flush();
        const answer = action(json(body));
        return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(answer) };
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return awsJsonError(error);
      }
    },
    tooLarge: () => awsJsonError(invalid("The request is larger than 64 KB.")),
  };
}

function filterLogEvents(logs: Logs, request: z.infer<typeof Filter>) {
  const { logStreamNames, logStreamNamePrefix, startTime, endTime, nextToken, limit } = request;
  const group = request.logGroupName ?? request.logGroupIdentifier?.split(":log-group:").at(-1)?.replace(/:\*$/, "");
  if (!group || !logs.groups().includes(group))
    throw new WireError("ResourceNotFoundException", 400, "The specified log group does not exist.");
  const isWanted = matcher(request.filterPattern);
  const inStreams = (stream: string) =>
    (!logStreamNames || logStreamNames.includes(stream)) &&
    (logStreamNamePrefix === undefined || stream.startsWith(logStreamNamePrefix));
  const events: LogEvent[] = [];
  let bytes = 0;
  let last = after(nextToken);
  let isMore = false;
  for (const event of logs.read({ group, from: startTime, to: endTime, after: last })) {
    isMore = events.length >= limit || bytes > MOST_BYTES;
    if (isMore) break;
    last = event.seq;
    if (!inStreams(event.stream) || !isWanted(event)) continue;
    events.push(event);
    bytes += event.message.length;
  }
  return {
    events: events.map(({ stream, at, message, seq }) => ({
      logStreamName: stream,
      timestamp: at,
      ingestionTime: at,
      message,
      eventId: String(seq).padStart(56, "0"),
    })),
    searchedLogStreams: [],
    ...(isMore && { nextToken: Buffer.from(String(last)).toString("base64url") }),
  };
}

function after(token: string | undefined): number {
  if (token === undefined) return 0;
  const seq = Number(Buffer.from(token, "base64url").toString() || "x");
  if (!Number.isSafeInteger(seq)) throw invalid("The specified nextToken is invalid.");
  return seq;
}

function parse<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  return parsed.data;
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString() || "{}");
  } catch {
    throw invalid("The request's body is not JSON.");
  }
}
