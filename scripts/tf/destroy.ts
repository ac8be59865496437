import { createDeployClients } from "#platform/admin";
import { loadContracts } from "../build/functions.ts";
import { type ApplyOptions, refusal } from "./apply.ts";
import { confirm } from "./confirm.ts";
import { openStack } from "./deployed.ts";
import { loadEnvironment } from "./environments.ts";
import { versionStates } from "./executions.ts";
import { describeSummary, summarise } from "./plan-summary.ts";
import type { Report } from "./report.ts";

/** Destroys an environment: only once nothing runs or sleeps in it, and only what is named of what holds data. */
export async function destroy(env: string, { json, yes, force }: ApplyOptions): Promise<Report> {
  const open = await openExecutions(env);
  const asleep = open.filter((one) => one.open > 0);
  if (asleep.length > 0)
    return {
      passed: false,
      lines: [
        "refused: executions are open",
        ...asleep.map(({ workflow, version, open }) => `  ${workflow} ${version}: ${open}`),
        "Wait until they have ended, or cancel them in the console (docs/runbooks/tear-down.md).",
      ],
      data: { environment: env, destroyed: false, open: asleep },
    };

  const stack = await openStack(env, { quiet: json });
  const { protect } = await loadEnvironment(env);
  if (protect)
    return {
      passed: false,
      lines: [`refused: terraform/stacks/environments/${env}.ts says protect: true (docs/runbooks/tear-down.md)`],
      data: { environment: env, destroyed: false },
    };
  const summary = summarise(await stack.plan(["-destroy"]));
  const lines = describeSummary(summary);
  const refused = refusal(summary, force);
  if (refused)
    return { passed: false, lines: [...lines, ...refused], data: { environment: env, ...summary, destroyed: false } };
  if (!json) for (const line of lines) console.log(line);
  if (!yes && !(await confirm(`Destroy ${env}?`)))
    return { passed: false, lines: ["nothing was destroyed"], data: { environment: env, destroyed: false } };
  await stack.applyPlan();
  return { passed: true, lines: [`${env} is gone`], data: { environment: env, ...summary, destroyed: true } };
}

async function openExecutions(env: string) {
  const { region } = await loadEnvironment(env);
  const { lambda, close } = await createDeployClients(region);
  try {
    const contracts = await loadContracts();
    const states = await Promise.all(
      contracts.map(async (contract) =>
        (await versionStates(lambda, contract)).map((state) => ({ workflow: contract.name, ...state })),
      ),
    );
    return states.flat();
  } finally {
    close();
  }
}
