import { z } from "zod";
import { type Item, LonghaulError, type Table } from "#platform";
import { deployedOf, type ExecutionRecord, fromItem, type Status, standingOf } from "./record.ts";
import type { executionTable } from "./table.ts";

/** What a page of executions was asked for cannot be. */
export class InvalidExecutionQueryError extends LonghaulError {
  constructor(problem: string) {
    super("EXECUTION_QUERY_INVALID", problem);
  }
}

export interface ExecutionFilter {
  workflow?: string | undefined;
  status?: Status | undefined;
  /** Of a version of a workflow's function; needs `workflow`. */
  version?: string | undefined;
  /** A whole name. */
  name?: string | undefined;
  /** What executions are about: see `subjectOf`. */
  subject?: string | undefined;
  /** Bounds of the start, both included: ISO 8601 in UTC. */
  startedFrom?: string | undefined;
  startedTo?: string | undefined;
  /** The oldest first; else the newest. */
  oldestFirst?: boolean | undefined;
}

export interface ExecutionPage {
  executions: ExecutionRecord[];
  /** Pass it as `after` for the next page; absent on the last one. */
  next?: string;
}

export interface OpenVersion {
  version: string;
  open: number;
  oldestStartedAt?: string;
}

interface Read {
  index?: keyof typeof executionTable.indexes;
  partition: string;
  value: string;
  /** Not chosen by the index, but sifted from what was read: such a page may hold fewer and still have a next one. */
  sifted: readonly ("workflow" | "status")[];
}

/** Reads the index of executions: one query a page, whatever the filter; never a scan. */
export function createExecutionListing(table: Table) {
  return {
    /** @throws InvalidExecutionQueryError for an `after` that belongs to another list */
    async list(filter: ExecutionFilter, { limit = 50, after }: { limit?: number; after?: string | undefined } = {}) {
      const { index, partition, value, sifted } = readOf(filter);
      const started = bounds(filter, index === undefined);
      const sieve = sifted.filter((name) => filter[name] !== undefined);
      const conditions = [...sieve.map((name) => `#${name} = :${name}`), ...started.filter];
      const { items, next } = await table.query({
        ...(index && { index }),
        key: [`#${partition} = :partition`, ...started.key].join(" AND "),
        ...(conditions.length > 0 && { filter: conditions.join(" AND ") }),
        names: Object.fromEntries([partition, ...sieve, ...started.names].map((name) => [`#${name}`, name])),
        values: {
          ":partition": value,
          ...Object.fromEntries(sieve.map((name) => [`:${name}`, filter[name]])),
          ...started.values,
        },
        limit: Math.min(Math.max(limit, 1), 1_000),
        ...(after && { after: fromCursor(after, partition, value) }),
        ...(!filter.oldestFirst && { backwards: true }),
      });
      const executions = items.filter(({ arn }) => arn !== undefined).map(fromItem);
      return { executions, ...(next && { next: toCursor(next) }) } as ExecutionPage;
    },

    /** How many executions are open on a version, from keys alone, and since when the oldest is. */
    async openOn(workflow: string, version: string): Promise<OpenVersion> {
      const query = {
        index: "open",
        key: "#open = :open",
        names: { "#open": "open" },
        values: { ":open": deployedOf(workflow, version) },
      };
      const [open, { items }] = await Promise.all([table.count(query), table.query({ ...query, limit: 1 })]);
      const [oldest] = items;
      return { version, open, ...(oldest && { oldestStartedAt: String(oldest.startedAt) }) };
    },

    /** How many executions of a workflow have a status. */
    count: (workflow: string, status: Status): Promise<number> =>
      table.count({
        index: "standing",
        key: "#standing = :standing",
        names: { "#standing": "standing" },
        values: { ":standing": standingOf(workflow, status) },
      }),
  };
}

function readOf({ name, subject, workflow, version, status }: ExecutionFilter): Read {
  if (name !== undefined) return { partition: "name", value: name, sifted: ["workflow", "status"] };
  if (subject !== undefined)
    return { index: "subject", partition: "subject", value: subject, sifted: ["workflow", "status"] };
  if (version !== undefined && workflow !== undefined)
    return { index: "version", partition: "deployed", value: deployedOf(workflow, version), sifted: ["status"] };
  if (workflow !== undefined && status !== undefined)
    return { index: "standing", partition: "standing", value: standingOf(workflow, status), sifted: [] };
  if (workflow !== undefined) return { index: "workflow", partition: "workflow", value: workflow, sifted: [] };
  if (status !== undefined) return { index: "status", partition: "status", value: status, sifted: [] };
  return { index: "all", partition: "list", value: "all", sifted: [] };
}

/** An index is sorted by the start; the table itself is not, and there the bounds sift. */
function bounds({ startedFrom: from, startedTo: to }: ExecutionFilter, isSifted: boolean) {
  const condition =
    from !== undefined && to !== undefined
      ? "#startedAt BETWEEN :from AND :to"
      : from !== undefined
        ? "#startedAt >= :from"
        : "#startedAt <= :to";
  const conditions = from === undefined && to === undefined ? [] : [condition];
  return {
    key: isSifted ? [] : conditions,
    filter: isSifted ? conditions : [],
    names: conditions.length > 0 ? ["startedAt"] : [],
    values: { ...(from !== undefined && { ":from": from }), ...(to !== undefined && { ":to": to }) },
  };
}

const toCursor = (key: Item) => Buffer.from(JSON.stringify(key)).toString("base64url");

function fromCursor(cursor: string, partition: string, value: string): Item {
  const Key = z.record(z.string().max(20), z.string().max(200));
  try {
    const key = Key.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const expected = new Set(["name", "id", partition, ...(partition === "name" ? [] : ["startedAt"])]);
    if (key[partition] === value && Object.keys(key).every((name) => expected.has(name))) return key;
  } catch {
    // Said below.
  }
  throw new InvalidExecutionQueryError("Expected `after` to be what the page before gave as `next`.");
}
