import { names } from "#deployment";
import type { DeployClients } from "#platform/admin";
import type { Contract } from "#workflow";
import { lineOf, versionStates } from "../tf/executions.ts";

type Lambda = DeployClients["lambda"];

/** The versions of each workflow, the newest first, with what is open on them. */
export async function reportVersions(lambda: Lambda, contracts: readonly Contract[]) {
  const workflows = await Promise.all(
    contracts.map(async (contract) => ({ workflow: contract.name, versions: await versionStates(lambda, contract) })),
  );
  const lines = workflows.flatMap(({ workflow, versions }) =>
    versions.length === 0
      ? [`${workflow}: not deployed`]
      : versions.map((state) => lineOf(workflow, state, state.open === 0 && state.share === 0)),
  );
  return { workflows, lines };
}

/** Removes a version on which nothing is open and which takes nothing new. @throws Error where it is not so, saying what is open */
export async function removeVersion(lambda: Lambda, contract: Contract, version: string): Promise<void> {
  const state = (await versionStates(lambda, contract)).find((one) => one.version === version);
  const name = `${contract.name} ${version}`;
  if (!state) throw new Error(`There is no version ${version} of ${contract.name}.`);
  const { open, share, oldest } = state;
  if (open > 0)
    throw new Error(
      `${name} is not removed: open on it: ${open}, the oldest ${oldest?.execution} since ${oldest?.startedAt}. They stay on their version: wait for their end, or cancel them.`,
    );
  if (share > 0) throw new Error(`${name} is not removed: it takes ${Math.round(share * 100)} % of the new ones.`);
  // The service refuses too where one has come since.
  await lambda.deleteFunction({ FunctionName: names.workflow(contract.name), Qualifier: version });
}
