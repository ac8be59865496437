import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { names } from "#deployment";
import { type listExecutions, logger } from "#platform";
import type { Indexed } from "./indexer.ts";
import { createExecutionListing } from "./listing.ts";
import { tellOverrun } from "./overrun.ts";
import type { ExecutionRecord, Use } from "./record.ts";
import { recordOf } from "./status-event.ts";
import type { ExecutionStore } from "./store.ts";

/** How far the index of a workflow has been compared with the service. Times are ISO 8601 in UTC. */
export const RepairState = z.object({
  /** When the newest executions were last compared. */
  comparedAt: z.iso.datetime(),
  /** When all of them had been. */
  completedAt: z.iso.datetime().optional(),
  /** A comparison of all is under way: what began before this is still to come. */
  before: z.iso.datetime().optional(),
});
export type RepairState = z.infer<typeof RepairState>;
export const repairKeyOf = (workflow: string) => ({ name: "#repair", id: workflow });

export interface Repaired {
  compared: number;
  mended: number;
  forgotten: number;
}

/** The service lists 15 times a second for everybody in the account: the repair leaves most of it to others. */
const CALLS_APART_MS = 250;
const LONGEST_MS = 20_000;
const PAGE = 1_000;
const AT_ONCE = 20;
/** Of each workflow, of those whose cost is not known yet. */
const COUNTED_A_RUN = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

interface Options {
  contracts: readonly Indexed[];
  store: ExecutionStore;
  list: typeof listExecutions;
  note: (record: ExecutionRecord) => Promise<boolean>;
  count: (arn: string) => Promise<Use | undefined>;
  now: () => number;
  callsApartMs: number | undefined;
}

/**
 * Compares the index with the service and mends it: the newest executions with every run, all of them once an hour and
 * when the index is new. A run that ends early is taken up by the next where it was.
 */
export function createRepair({
  contracts,
  store,
  list,
  note,
  count,
  now,
  callsApartMs = CALLS_APART_MS,
}: Options): () => Promise<Repaired> {
  const { table } = store;
  const listing = createExecutionListing(table);
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

  const stateOf = async (workflow: string): Promise<Partial<RepairState>> =>
    RepairState.safeParse(await table.get(repairKeyOf(workflow))).data ?? {};

  /** What the index holds of the span of a page. */
  const known = async (workflow: string, page: readonly ExecutionRecord[]): Promise<Map<string, ExecutionRecord>> => {
    const found = new Map<string, ExecutionRecord>();
    const filter = { workflow, startedFrom: page.at(-1)?.startedAt, startedTo: page[0]?.startedAt };
    let after: string | undefined;
    do {
      const { executions, next } = await listing.list(filter, { limit: PAGE, after });
      for (const one of executions) found.set(one.arn, one);
      after = next;
    } while (after);
    return found;
  };

  /** One page of the service's list against the index. */
  const compare = async (workflow: string, page: readonly ExecutionRecord[], { done, uncounted }: Run) => {
    const [newest, oldest] = [page[0]?.startedAt, page.at(-1)?.startedAt];
    const indexed = await known(workflow, page);
    const stale = page.filter(({ arn, status }) => {
      const { status: was } = indexed.get(arn) ?? {};
      return was === undefined || (was === "RUNNING" && status !== "RUNNING");
    });
    await inTurns(stale, async (record) => {
      if (await note(record)) done.mended += 1;
    });
    const listed = new Set(page.map(({ arn }) => arn));
    // What began at either end of the span may stand on the next page.
    const gone = [...indexed.values()].filter(
      ({ arn, startedAt }) => !listed.has(arn) && startedAt !== newest && startedAt !== oldest,
    );
    await inTurns(gone, ({ arn }) => store.forget(arn));
    uncounted.push(...page.flatMap(({ arn }) => (isUncounted(indexed.get(arn)) ? [arn] : [])));
    done.compared += page.length;
    done.forgotten += gone.length;
  };

  /** What the service has forgotten, where the table's own time to live has not come to it. */
  const forgetOld = async ({ name: workflow, retentionDays }: Indexed, done: Repaired) => {
    const { executions } = await listing.list({ workflow, oldestFirst: true }, { limit: 100 });
    const over = executions.filter(({ endedAt }) => endedAt && Date.parse(endedAt) + retentionDays * DAY_MS < now());
    await inTurns(over, ({ arn }) => store.forget(arn));
    done.forgotten += over.length;
  };

  const repairOne = async (contract: Indexed, until: number, done: Repaired) => {
    const { name: workflow } = contract;
    const state = await stateOf(workflow);
    const uncounted: string[] = [];
    const call = async (before?: string) => {
      await sleep(callsApartMs);
      const { executions, next } = await list({
        FunctionName: names.workflow(workflow),
        MaxItems: PAGE,
        ...(before && { StartedBefore: new Date(Date.parse(before) + 1) }),
      });
      const page = executions.flatMap((one) => recordOf(one, contracts) ?? []);
      if (page.length > 0) await compare(workflow, page, { done, uncounted });
      return { oldest: page.at(-1)?.startedAt, isLast: next === undefined };
    };

    const head = await call();
    const isDue = state.before || !state.completedAt || now() - Date.parse(state.completedAt) > HOUR_MS;
    let before = state.before ?? head.oldest;
    let isLast = head.isLast || before === undefined;
    while (isDue && !isLast && Date.now() < until) {
      const { oldest, isLast: ended } = await call(before);
      isLast = ended || oldest === undefined || oldest === before;
      before = oldest;
    }
    if (isDue && isLast) await forgetOld(contract, done);
    for (const arn of new Set(uncounted.slice(0, COUNTED_A_RUN))) {
      if (Date.now() > until) break;
      await sleep(callsApartMs);
      const use = await count(arn);
      if (!use) continue;
      await store.counted(arn, use);
      tellOverrun({ arn, workflow }, use, contract.budget);
    }
    const completedAt = isDue && isLast ? iso(now()) : state.completedAt;
    const unfinished = isDue && !isLast ? before : undefined;
    await table.put({ ...repairKeyOf(workflow), comparedAt: iso(now()), completedAt, before: unfinished });
  };

  return async () => {
    const until = Date.now() + LONGEST_MS;
    const done: Repaired = { compared: 0, mended: 0, forgotten: 0 };
    for (const contract of contracts) await repairOne(contract, until, done);
    if (done.mended + done.forgotten > 0) logger.info("The index of executions was mended", { ...done });
    return done;
  };
}

interface Run {
  done: Repaired;
  /** ARNs of ended executions whose use is not in the index. */
  uncounted: string[];
}

const isUncounted = (record: ExecutionRecord | undefined) =>
  record !== undefined && record.status !== "RUNNING" && record.use === undefined;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map(work));
}
