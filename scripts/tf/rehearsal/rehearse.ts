import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type PlanJson, type PlanSummary, summarise } from "../plan-summary.ts";
import { type Report, skipped } from "../report.ts";
import { findTerraform, NO_TERRAFORM, runTerraform } from "../terraform.ts";
import { copyForRehearsal } from "./copy.ts";
import { startMoto } from "./moto.ts";
import { findProvider } from "./provider.ts";

const WHAT = "applying the stack to moto";

/** One act of the rehearsal: what it was to be, and what came. */
interface Act {
  act: string;
  passed: boolean;
  says: string;
  seconds: number;
}

/**
 * Applies the stack with the real provider to a moto server on loopback; plans again, which must change nothing; changes a
 * value; destroys all. What is changed for it is in `differences.ts`.
 */
export async function rehearse({ env, json }: { env: string; json: boolean }): Promise<Report> {
  const terraform = await findTerraform();
  if (!terraform) return skipped(WHAT, NO_TERRAFORM);
  const provider = await findProvider();
  if (!provider) return skipped(WHAT, "no hashicorp/aws provider is installed (LONGHAUL_TF_PLUGINS names a mirror)");
  const moto = await startMoto();
  if (!moto) return skipped(WHAT, "there is no `moto_server` on the PATH (pip install 'moto[server]')");
  const copy = await copyForRehearsal(env, { provider, endpoint: moto.endpoint }).catch(async (error: unknown) => {
    await moto.close();
    throw error;
  });
  const acts: Act[] = [];
  const act = async (name: string, work: () => Promise<Omit<Act, "act" | "seconds">>) => {
    const start = performance.now();
    const outcome = await work().catch((error: unknown) => ({ passed: false, says: String(error) }));
    const done = { act: name, ...outcome, seconds: Math.round((performance.now() - start) / 1_000) };
    acts.push(done);
    if (!json) console.log(describe(done));
  };
  try {
    const stack = await copy.write({ logRetentionDays: 30 });
    const settings = join(copy.folder, "terraformrc");
    await writeFile(
      settings,
      `provider_installation {\n  filesystem_mirror {\n    path = "${provider.mirror}"\n  }\n}\n`,
    );
    const run = async (...args: string[]) => {
      const finished = await runTerraform(terraform, [...args, "-no-color"], {
        cwd: stack,
        env: { TF_CLI_CONFIG_FILE: settings },
      });
      if (finished.code !== 0) throw new Error(finished.stderr.trim());
      return finished.stdout;
    };
    const plan = async (...args: string[]): Promise<PlanSummary> => {
      await run("plan", "-input=false", "-out=plan", ...args);
      return summarise(JSON.parse(await run("show", "-json", "plan")) as PlanJson);
    };
    const apply = () => run("apply", "-input=false", "plan");

    await act("init", async () => {
      await run("init", "-input=false");
      return { passed: true, says: `provider ${provider.version}` };
    });
    await act("apply", async () => {
      const { create } = await plan();
      await apply();
      return { passed: create.length > 0, says: `${create.length} resources` };
    });
    await act("apply again", async () => nothing(await plan()));
    await act("change a value", async () => {
      await copy.write({ logRetentionDays: 60 });
      const summary = await plan();
      await apply();
      const isInPlace = summary.update.length > 0 && summary.update.every((address) => address.includes("log_group"));
      return { passed: isInPlace && summary.losses.length === 0, says: `${summary.update.length} log groups in place` };
    });
    await act("destroy", async () => {
      const { destroy, losses } = await plan("-destroy");
      await apply();
      return {
        passed: losses.length > 0,
        says: `${destroy.length} resources, ${losses.length} of them a loss that \`tf\` would refuse`,
      };
    });
  } finally {
    await copy.close();
    await moto.close();
  }
  return {
    passed: acts.every(({ passed }) => passed) && acts.length === 5,
    lines: [],
    data: { environment: env, acts },
  };
}

function nothing({ create, update, changed, replace, destroy }: PlanSummary) {
  const updates = update.map((address) => `${address} (${changed[address]?.join(", ")})`);
  const all = [...create, ...updates, ...replace, ...destroy];
  return { passed: all.length === 0, says: all.length === 0 ? "no changes" : `would change ${all.join("; ")}` };
}

const describe = ({ act, passed, says, seconds }: Act) => `${passed ? "ok  " : "FAIL"} ${act} (${seconds} s): ${says}`;
