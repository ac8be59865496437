import { confirm } from "./confirm.ts";
import { openStack } from "./deployed.ts";
import { describeSummary, type PlanSummary, summarise, unforced } from "./plan-summary.ts";
import type { Report } from "./report.ts";
import { describeRollout, startRollouts } from "./rollout.ts";

export interface ApplyOptions {
  json: boolean;
  yes: boolean;
  /** Addresses that may be lost. */
  force: readonly string[];
}

/** Plans, says what would be lost, asks, applies, and starts the rollouts of new versions. */
export async function apply(env: string, { json, yes, force }: ApplyOptions): Promise<Report> {
  const stack = await openStack(env, { quiet: json });
  const summary = summarise(await stack.plan());
  const lines = describeSummary(summary);
  const refused = refusal(summary, force);
  if (refused)
    return { passed: false, lines: [...lines, ...refused], data: { environment: env, ...summary, applied: false } };
  if (!json) for (const line of lines) console.log(line);
  if (!yes && !(await confirm(`Apply this to ${env}?`)))
    return { passed: false, lines: ["nothing was applied"], data: { environment: env, ...summary, applied: false } };
  await stack.applyPlan();
  const { newest_versions: newest = {} } = await stack.outputs();
  const rollouts = await startRollouts(env, newest as Record<string, string>);
  return {
    passed: true,
    lines: rollouts.map(describeRollout),
    data: { environment: env, ...summary, applied: true, rollouts },
  };
}

/** Why a plan is not carried out; undefined where it may be. */
export function refusal(summary: PlanSummary, force: readonly string[]): string[] | undefined {
  const losses = unforced(summary, force);
  if (losses.length === 0) return undefined;
  return [
    "refused: this would lose",
    ...losses.map(({ address, means }) => `  ${address}: ${means}`),
    "If that is meant, name each:",
    ...losses.map(({ address }) => `  --force '${address}'`),
  ];
}
