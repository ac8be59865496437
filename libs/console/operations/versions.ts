import { names, publishedVersions, sharesOf, type VersionCalls } from "#deployment";
import { createExecutionListing } from "#executions";
import { type Table, versionCalls } from "#platform";
import type { Contract } from "#workflow";

export interface VersionRow {
  version: string;
  open: number;
  oldestStartedAt?: string;
  /** Of the new executions, 0 to 1. */
  share: number;
}

export interface WorkflowVersions {
  workflow: string;
  /** The newest first: those that something runs on, and those that take new executions. */
  versions: VersionRow[];
  /** How many others are published. */
  idle: number;
}

/** Counts reads keys only; what a page shows is this old at most. */
const KEPT_MS = 15_000;

/** The versions of each workflow, and what is open on them: published versions by the service, counts by the index. */
export function createVersions(options: {
  contracts: readonly Contract[];
  executions: Table;
  now: () => number;
  calls?: VersionCalls;
}): () => Promise<WorkflowVersions[]> {
  const { contracts, executions, now, calls = versionCalls } = options;
  const { openOn } = createExecutionListing(executions);
  let kept: { at: number; versions: Promise<WorkflowVersions[]> } | undefined;

  const ofWorkflow = async ({ name: workflow }: Contract): Promise<WorkflowVersions> => {
    const functionName = names.workflow(workflow);
    const [published, shares] = await Promise.all([
      publishedVersions(calls, functionName),
      sharesOf(calls, functionName),
    ]);
    const rows: VersionRow[] = await Promise.all(
      published.map(async (version) => ({ ...(await openOn(workflow, version)), share: shares.get(version) ?? 0 })),
    );
    const versions = rows
      .filter(({ open, share }) => open > 0 || share > 0)
      .sort((one, other) => Number(other.version) - Number(one.version));
    return { workflow, versions, idle: rows.length - versions.length };
  };

  return () => {
    if (!kept || now() - kept.at > KEPT_MS) {
      const versions = Promise.all(contracts.map(ofWorkflow)).catch((error: unknown) => {
        kept = undefined;
        throw error;
      });
      kept = { at: now(), versions };
    }
    return kept.versions;
  };
}
