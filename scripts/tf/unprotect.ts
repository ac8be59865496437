import { confirm } from "./confirm.ts";
import { openStack } from "./deployed.ts";
import type { Report } from "./report.ts";

/** Lets go of the guards that make a plan fail which replaces or destroys what holds executions or data. Nothing on AWS changes. */
export async function unprotect(env: string, { json, yes }: { json: boolean; yes: boolean }): Promise<Report> {
  const stack = await openStack(env, { quiet: json });
  const guards = await stack.guards();
  const data = { environment: env, guards };
  if (guards.length === 0) return { passed: true, lines: ["there are no guards"], data };
  if (!json) for (const guard of guards) console.log(guard);
  if (!yes && !(await confirm(`Let go of these guards of ${env}?`)))
    return { passed: false, lines: ["nothing was changed"], data };
  await stack.forget(guards);
  return {
    passed: true,
    lines: [`let go of ${guards.length} guards; the next apply makes them again where protect is true`],
    data,
  };
}
