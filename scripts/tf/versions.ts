import { names } from "#deployment";
import { createDeployClients } from "#platform/admin";
import { loadContracts } from "../build/functions.ts";
import { confirm } from "./confirm.ts";
import { loadEnvironment } from "./environments.ts";
import { lineOf, removable, versionStates } from "./executions.ts";
import type { Report } from "./report.ts";

/** Versions that are kept for a roll-back whether or not anything runs on them. */
const KEEP = 3;

/** Which versions of each workflow have open executions, since when; with `prune`, removes old ones that have none. */
export async function versions(env: string, { prune, yes }: { prune: boolean; yes: boolean }): Promise<Report> {
  const { region } = await loadEnvironment(env);
  const { lambda, close } = await createDeployClients(region);
  try {
    const contracts = await loadContracts();
    const workflows = await Promise.all(
      contracts.map(async (contract) => {
        const states = await versionStates(lambda, contract);
        return {
          workflow: contract.name,
          functionName: names.workflow(contract.name),
          states,
          old: removable(states, KEEP),
        };
      }),
    );
    const lines = workflows.flatMap(({ workflow, states, old }) =>
      states.length === 0
        ? [`${workflow}: not deployed`]
        : states.map((state) => lineOf(workflow, state, old.includes(state))),
    );
    const removed: string[] = [];
    const count = workflows.reduce((sum, { old }) => sum + old.length, 0);
    if (prune && count > 0 && (yes || (await confirm(`Remove ${count} versions that nothing runs on?`)))) {
      for (const { functionName, old } of workflows)
        for (const { version } of old) {
          // The service refuses too where an execution has come since.
          await lambda.deleteFunction({ FunctionName: functionName, Qualifier: version });
          removed.push(`${functionName}:${version}`);
        }
    }
    return {
      passed: true,
      lines: [...lines, ...removed.map((one) => `removed ${one}`)],
      data: { workflows: workflows.map(({ workflow, states }) => ({ workflow, versions: states })), removed },
    };
  } finally {
    close();
  }
}
