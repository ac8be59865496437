import { createHash } from "node:crypto";
import { z } from "zod";
import type { Item } from "#platform";

export const STATUSES = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED"] as const;
export type Status = (typeof STATUSES)[number];

/** What an execution has used so far, by its history. */
export const Use = z.object({
  /** The start, each operation, each retry: as they are billed. */
  operations: z.int().nonnegative(),
  invocations: z.int().nonnegative(),
  /** Of all invocations together. */
  milliseconds: z.number().nonnegative(),
  /** Of the input, and of all results and errors that are kept. */
  bytes: z.int().nonnegative(),
  inputTokens: z.int().nonnegative().optional(),
  outputTokens: z.int().nonnegative().optional(),
  /** Of the model's calls, in US dollars, by the contract's prices. */
  modelDollars: z.number().nonnegative().optional(),
});
export type Use = z.infer<typeof Use>;

/** An execution as the index knows it. Times are ISO 8601 in UTC. It holds no personal data. */
export const ExecutionRecord = z.object({
  arn: z.string(),
  name: z.string(),
  workflow: z.string(),
  version: z.string(),
  status: z.enum(STATUSES),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  /** What the execution is about: see `subjectOf`. */
  subject: z.string(),
  /** Counted once it has ended. */
  use: Use.optional(),
});
export type ExecutionRecord = z.infer<typeof ExecutionRecord>;

/**
 * What an execution is about, as the index finds it: the workflow and its business key, hashed, for a key may be a person's
 * number or name, and is found whole or not at all. An execution that an event started has this as its very name
 * (`executionOf` of `#intake`); one that decides a case again (`NAME-r2`), continues one (`NAME-c2`), or repeats one that
 * failed (`NAME-a1`), is about the same.
 */
export const subjectOf = (execution: { name: string }) => execution.name.replace(/(?:-[rca]\d+)+$/, "");
/** The same from the business key itself; of an upload that is the object's key. */
export const subjectOfKey = (workflow: string, key: string) =>
  `${workflow}-${createHash("sha256").update(key).digest("hex").slice(0, 32)}`;

/** The lists in which an execution stands. */
export const listKeys = ({ workflow, version, status }: ExecutionRecord) => ({
  list: "all",
  standing: standingOf(workflow, status),
  deployed: deployedOf(workflow, version),
  ...(status === "RUNNING" && { open: deployedOf(workflow, version) }),
});
export const standingOf = (workflow: string, status: Status) => `${workflow}#${status}`;
export const deployedOf = (workflow: string, version: string) => `${workflow}#${version}`;

export const fromItem = (item: Item): ExecutionRecord => ExecutionRecord.parse(item);
