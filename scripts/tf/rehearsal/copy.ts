import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesise } from "../../../terraform/stacks/synth.ts";
import { loadContracts, root } from "../../build/functions.ts";
import { builtFunctions, codeOf } from "../built.ts";
import { loadEnvironment } from "../environments.ts";
import { modulesFolder } from "../modules.ts";
import { type Difference, moto, olderProvider } from "./differences.ts";
import { MOTO_ACCOUNT } from "./moto.ts";
import type { InstalledProvider } from "./provider.ts";

export interface RehearsalCopy {
  folder: string;
  /** Writes the stack again, with another value for how long logs are kept. */
  write(change: { logRetentionDays: number }): Promise<string>;
  close(): Promise<void>;
}

/** A copy of the modules that this provider and moto can take, and the stack of an environment over it. */
export async function copyForRehearsal(env: string, by: By): Promise<RehearsalCopy> {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-rehearsal-"));
  try {
    return await fill(folder, env, by);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

interface By {
  provider: InstalledProvider;
  endpoint: string;
}

async function fill(folder: string, env: string, { provider, endpoint }: By): Promise<RehearsalCopy> {
  const modules = join(folder, "modules");
  await cp(modulesFolder, modules, { recursive: true });
  const isOlder = Number(provider.version.split(".")[0]) < 6;
  for (const difference of [...moto, ...(isOlder ? olderProvider : [])]) await change(modules, difference);
  for (const name of await readdir(modules))
    await change(modules, {
      file: `${name}/versions.tf`,
      from: />= 6\.25, < 7/,
      to: ">= 5.0",
      why: "the installed provider",
    });

  const [environment, contracts, functions] = await Promise.all([
    loadEnvironment(env),
    loadContracts(),
    builtFunctions({ build: true }),
  ]);
  const zips = codeOf(functions);
  const code = (name: string) => ({ ...zips(name), filename: join(root, "dist", name, "function.zip") });
  return {
    folder,
    async write({ logRetentionDays }) {
      const { folder: stack, json } = await synthesise(
        { environment: { ...environment, account: MOTO_ACCOUNT, logRetentionDays }, contracts, code },
        join(folder, "out", env),
      );
      const local = {
        ...json,
        terraform: { required_providers: { aws: { source: "hashicorp/aws", version: provider.version } } },
        provider: { aws: [providerFor(environment.region, endpoint)] },
      };
      await writeFile(join(stack, "cdk.tf.json"), JSON.stringify(local, null, 2));
      return stack;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function change(modules: string, { file, from, to, why }: Difference) {
  const path = join(modules, file);
  const before = await readFile(path, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`Expected terraform/modules/${file} to hold ${from}: ${why}.`);
  await writeFile(path, after);
}

const SERVICES = [
  "apigatewayv2",
  "cloudwatch",
  "cloudwatchlogs",
  "codedeploy",
  "cognitoidp",
  "dynamodb",
  "events",
  "iam",
  "kms",
  "lambda",
  "route53",
  "s3",
  "scheduler",
  "secretsmanager",
  "sesv2",
  "sns",
  "sqs",
  "sts",
];

const providerFor = (region: string, endpoint: string) => ({
  region,
  access_key: "longhaul",
  secret_key: "rehearsal",
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_requesting_account_id: true,
  s3_use_path_style: true,
  endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
  default_tags: [{ tags: { application: "longhaul" } }],
});
