import {
  createExecutionListing,
  type ExecutionFilter,
  type ExecutionPage,
  type ExecutionRecord,
  RepairState,
  repairKeyOf,
  subjectOf,
  subjectOfKey,
} from "#executions";
import type { Table } from "#platform";
import type { Contract } from "#workflow";

/** How well the index can be believed. */
export interface Freshness {
  /** Workflows whose executions have never been compared with the service. */
  empty: string[];
  /** Where a first comparison is under way: what began before this moment may be missing. */
  filledFrom?: string;
  /** When the newest executions were last compared, of the workflow where that is longest ago. */
  comparedAt?: string;
}

export interface Search {
  /** A page of executions, by one query of the index. */
  list(filter: ExecutionFilter, page?: { limit?: number; after?: string | undefined }): Promise<ExecutionPage>;
  /**
   * The executions that a text names whole: by their name, by the business key that started them, or by the key of the object
   * that was uploaded. Keys are in the index as hashes, so that no part of one can be searched for, nor read. The newest first.
   */
  find(text: string, filter: ExecutionFilter): Promise<ExecutionRecord[]>;
  freshness(): Promise<Freshness>;
}

const MOST = 100;
const MOST_CASES = 5;

export function createSearch({
  contracts,
  executions: table,
}: {
  contracts: readonly Contract[];
  executions: Table;
}): Search {
  const { list } = createExecutionListing(table);
  return {
    list,

    async find(text, filter) {
      const asked = contracts.filter(({ name }) => filter.workflow === undefined || name === filter.workflow);
      const about = (subject: string) => list({ ...filter, subject }, { limit: MOST });
      // A name is what other executions of the same case are about.
      const subjects = new Set([subjectOf({ name: text }), ...asked.map(({ name }) => subjectOfKey(name, text))]);
      const pages = await Promise.all([list({ ...filter, name: text }, { limit: MOST }), ...[...subjects].map(about)]);
      const first = pages.flatMap(({ executions }) => executions);
      // What decides an upload's case again, or continues it, is known by the name of the first.
      const more = new Set(first.map(subjectOf).filter((subject) => !subjects.has(subject)));
      const further = await Promise.all([...more].slice(0, MOST_CASES).map(about));
      const all = [...first, ...further.flatMap(({ executions }) => executions)];
      const found = new Map(all.map((one) => [one.arn, one]));
      return [...found.values()].sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1)).slice(0, MOST);
    },

    async freshness() {
      const states = await Promise.all(
        contracts.map(async ({ name }) => ({
          name,
          ...RepairState.safeParse(await table.get(repairKeyOf(name))).data,
        })),
      );
      const compared = states.flatMap(({ comparedAt }) => comparedAt ?? []).sort();
      const filling = states.flatMap(({ completedAt, before }) => (completedAt ? [] : (before ?? []))).sort();
      const [comparedAt, filledFrom] = [compared[0], filling.at(-1)];
      return {
        empty: states.filter((state) => !state.comparedAt).map(({ name }) => name),
        ...(comparedAt && { comparedAt }),
        ...(filledFrom && { filledFrom }),
      };
    },
  };
}
