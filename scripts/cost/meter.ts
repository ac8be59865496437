import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import type { Listener } from "../../libs/local/core/front.ts";
import type { AdminClients } from "../../libs/platform/admin/index.ts";

/** What AWS would bill for requests, as they were seen on the wire. */
export interface Requests {
  sqsRequests: number;
  s3Writes: number;
  s3Reads: number;
  dynamoDbWriteUnits: number;
  dynamoDbReadUnits: number;
  sesMails: number;
  events: number;
  modelCalls: number;
}

/** One request that went through, for who needs more of it than its count. */
export interface Seen {
  kind: keyof Requests | "other";
  request: string;
  response: string;
}

export const nothing = (): Requests => ({
  sqsRequests: 0,
  s3Writes: 0,
  s3Reads: 0,
  dynamoDbWriteUnits: 0,
  dynamoDbReadUnits: 0,
  sesMails: 0,
  events: 0,
  modelCalls: 0,
});

/** The partition key of each index, by table: an item that has it is written to that index too. */
export type Indexes = Readonly<Record<string, readonly string[]>>;

export async function indexesOf(dynamodb: AdminClients["dynamodb"]): Promise<Indexes> {
  const { TableNames = [] } = await dynamodb.listTables({});
  const tables = await Promise.all(TableNames.map((TableName) => dynamodb.describeTable({ TableName })));
  return Object.fromEntries(
    tables.map(({ Table }) => [
      Table?.TableName ?? "",
      (Table?.GlobalSecondaryIndexes ?? []).map(
        ({ KeySchema = [] }) => KeySchema.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "",
      ),
    ]),
  );
}

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

export interface Account {
  requests: Requests;
  seen?: (seen: Seen) => void;
}

const HEADER = "x-longhaul-account";
const caller = new AsyncLocalStorage<string>();
// The server cannot tell who asks: what runs here says so of itself, in a header that no signature covers.
subscribe("http.client.request.created", (message) => {
  const { request } = message as { request: ClientRequest };
  const account = caller.getStore();
  if (account) request.setHeader(HEADER, account);
});

/** Requests that `run` makes count into the account of this name. */
export const as = <T>(account: string, run: () => T): T => caller.run(account, run);

/** Stands before the local services and counts; what names no account counts into the one called `default`. */
export function createMeter() {
  let indexes: Indexes = {};
  let accounts: Readonly<Record<string, Account>> = {};
  return {
    knowIndexes(known: Indexes) {
      indexes = known;
    },
    /** The accounts from now on, by name. */
    open(opened: Readonly<Record<string, Account>>) {
      accounts = opened;
    },
    before:
      (listener: Listener): Listener =>
      (request, response) => {
        const account = accounts[String(request.headers[HEADER] ?? "default")];
        if (account) void watch(request, response).then((bodies) => count(account, request, bodies));
        listener(request, response);
      },
  };

  function count({ requests, seen }: Account, request: IncomingMessage, bodies: Bodies) {
    const target = String(request.headers["x-amz-target"] ?? "");
    const [service = "", action = ""] = target.split(".");
    const kind = kindOf(request, service);
    if (service.startsWith("DynamoDB")) countDynamoDb(requests, action, bodies, indexes);
    else if (kind !== "other") requests[kind] += 1;
    seen?.({ kind, ...bodies });
  }
}

function kindOf({ method = "GET", url = "/", headers }: IncomingMessage, service: string): keyof Requests | "other" {
  if (service.startsWith("AmazonSQS")) return "sqsRequests";
  if (service.startsWith("AWSEvents")) return "events";
  if (url.startsWith("/model/")) return "modelCalls";
  if (url.startsWith("/v2/email/")) return "sesMails";
  if (!/\/s3\/aws4_request/.test(headers.authorization ?? "")) return "other";
  return method === "GET" || method === "HEAD" ? "s3Reads" : method === "DELETE" ? "other" : "s3Writes";
}

/**
 * Units as the service counts them: a write for each kilobyte of the item, again for each index that holds it (an upper
 * bound: an index that stays as it was costs nothing); a read for each four kilobytes, half of it where it may be stale.
 */
function countDynamoDb(requests: Requests, action: string, { request, response }: Bodies, indexes: Indexes) {
  const asked = JSON.parse(request || "{}") as { TableName?: string; Item?: object; ConsistentRead?: boolean };
  if (/^(Get|Query)/.test(action)) {
    const units = Math.max(1, Math.ceil(Buffer.byteLength(response) / READ_UNIT_BYTES));
    requests.dynamoDbReadUnits += asked.ConsistentRead ? units : units / 2;
  } else if (/^(Put|Update|Delete)Item/.test(action)) {
    const answered = JSON.parse(response || "{}") as { Attributes?: object };
    const item = asked.Item ?? answered.Attributes ?? {};
    const held = (indexes[asked.TableName ?? ""] ?? []).filter((key) => key in item).length;
    const bytes = Buffer.byteLength(JSON.stringify(item));
    requests.dynamoDbWriteUnits += Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES)) * (1 + held);
  }
}

interface Bodies {
  request: string;
  response: string;
}

/** Both bodies, once the response has ended. */
function watch(request: IncomingMessage, response: ServerResponse): Promise<Bodies> {
  const [sent, answered]: [Buffer[], Buffer[]] = [[], []];
  request.on("data", (part: Buffer) => sent.push(part));
  // HTTP/2's `end` calls `write`.
  let within = false;
  for (const name of ["write", "end"] as const) {
    const real = response[name].bind(response) as (...parts: unknown[]) => never;
    response[name] = ((...parts: unknown[]) => {
      const [part] = parts;
      const isBody = !within && (typeof part === "string" || part instanceof Uint8Array);
      if (isBody) answered.push(Buffer.from(part));
      const outer = within;
      within = true;
      try {
        return real(...parts);
      } finally {
        within = outer;
      }
    }) as never;
  }
  return new Promise((resolve) =>
    response.once("close", () =>
      resolve({ request: Buffer.concat(sent).toString(), response: Buffer.concat(answered).toString() }),
    ),
  );
}
