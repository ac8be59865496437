import { names, publishedVersions, sharesOf } from "#deployment";
import type { DeployClients } from "#platform/admin";
import type { Contract } from "#workflow";

type Lambda = Pick<DeployClients, "lambda">["lambda"];

/** A version of a workflow's function: how many executions are open on it, and what of the new ones it takes, 0 to 1. */
export interface VersionState {
  version: string;
  open: number;
  share: number;
  /** Of those that are open; null where none is. `startedAt` is ISO 8601 in UTC. */
  oldest: Oldest | null;
}

export interface Oldest {
  execution: string;
  startedAt: string;
}

/** The versions of a workflow's function, the newest first; none where it is not deployed. */
export async function versionStates(lambda: Lambda, contract: Contract): Promise<VersionState[]> {
  const FunctionName = names.workflow(contract.name);
  const versions = await publishedVersions(lambda, FunctionName);
  if (versions.length === 0) return [];
  const [open, shares] = await Promise.all([openByVersion(lambda, FunctionName), sharesOf(lambda, FunctionName)]);
  return versions
    .toSorted((one, other) => Number(other) - Number(one))
    .map((version) => {
      const { count = 0, oldest = null } = open.get(version) ?? {};
      return { version, open: count, share: shares.get(version) ?? 0, oldest };
    });
}

/** An execution's ARN holds the version that it runs on. */
async function openByVersion(lambda: Lambda, FunctionName: string) {
  const found = new Map<string, { count: number; oldest: Oldest }>();
  let Marker: string | undefined;
  do {
    const page = await lambda.listDurableExecutionsByFunction({
      FunctionName,
      Statuses: ["RUNNING"],
      MaxItems: 1_000,
      ...(Marker && { Marker }),
    });
    for (const { DurableExecutionArn = "", DurableExecutionName = "", StartTimestamp } of page.DurableExecutions ??
      []) {
      const version = /:function:[^:]+:([^/]+)\/durable-execution\//.exec(DurableExecutionArn)?.[1] ?? "?";
      const one = { execution: DurableExecutionName, startedAt: (StartTimestamp ?? new Date()).toISOString() };
      const { count, oldest } = found.get(version) ?? { count: 0, oldest: one };
      found.set(version, { count: count + 1, oldest: one.startedAt < oldest.startedAt ? one : oldest });
    }
    Marker = page.NextMarker;
  } while (Marker);
  return found;
}

/** A version as a line says it. `free`: it can be removed. */
export function lineOf(workflow: string, { version, open, share, oldest }: VersionState, free: boolean): string {
  const since = oldest ? `, the oldest ${oldest.execution} since ${oldest.startedAt}` : "";
  const takes = share > 0 ? `, takes ${Math.round(share * 100)} % of the new ones` : "";
  return `${workflow} ${version}: ${open} open${since}${takes}${free ? ", can be removed" : ""}`;
}

/** Versions that take no new execution and have no open one, but for the newest few, which a roll-back may want. */
export function removable(states: readonly VersionState[], keep: number): VersionState[] {
  return states.slice(keep).filter(({ open, share }) => open === 0 && share === 0);
}
