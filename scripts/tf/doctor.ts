import { names } from "#deployment";
import { isAwsError } from "#platform";
import { createDeployClients, type DeployClients } from "#platform/admin";
import type { Environment } from "../../terraform/stacks/environment.ts";
import { loadContracts } from "../build/functions.ts";
import { lockedProvider } from "./deployed.ts";
import { loadEnvironment } from "./environments.ts";
import type { Report } from "./report.ts";
import { findTerraform, NO_TERRAFORM, runTerraform } from "./terraform.ts";

/** What one look found; `skipped` where it could not be looked at. */
interface Finding {
  what: string;
  state: "ok" | "FAIL" | "skipped";
  says: string;
}

type Look = (context: { clients: DeployClients; environment: Environment }) => Promise<string>;

const CLOCK_TOLERANCE_SECONDS = 60;

/** What a deployment needs before it can work; each look answers what it found, or throws what is wrong. */
const looks: Record<string, Look> = {
  async credentials({ clients, environment: { account, name } }) {
    const { Account, Arn } = await clients.sts.getCallerIdentity({});
    if (Account !== account) throw new Error(`Expected account ${account} (environments/${name}.ts), got ${Account}.`);
    return String(Arn);
  },
  async clock({ environment: { region } }) {
    const endpoint = process.env.AWS_ENDPOINT_URL ?? `https://sts.${region}.amazonaws.com/`;
    const { headers } = await fetch(endpoint, { method: "HEAD", signal: AbortSignal.timeout(10_000) });
    const offset = Math.abs(Date.now() - Date.parse(headers.get("date") ?? "")) / 1_000;
    if (!(offset <= CLOCK_TOLERANCE_SECONDS)) throw new Error(`This machine's clock is ${Math.round(offset)} s off.`);
    return `within ${CLOCK_TOLERANCE_SECONDS} s of AWS's`;
  },
  async settings({ environment }) {
    const contracts = await loadContracts();
    const wanted = contracts.flatMap(({ settings = [] }) => settings);
    const missing = wanted.filter((name) => !(name in environment.settings));
    const file = `terraform/stacks/environments/${environment.name}.ts`;
    if (missing.length > 0) throw new Error(`Expected ${missing.join(", ")} under settings in ${file}.`);
    return `${wanted.length} given`;
  },
  async "state bucket"({ clients, environment: { stateBucket } }) {
    const { Status } = await clients.s3.getBucketVersioning({ Bucket: stateBucket });
    if (Status !== "Enabled")
      throw new Error(`Expected ${stateBucket} to keep versions (docs/runbooks/first-deploy.md).`);
    return stateBucket;
  },
  async "durable functions"({ clients, environment: { region } }) {
    const FunctionName = names.workflow("doctor");
    try {
      await clients.lambda.listDurableExecutionsByFunction({ FunctionName });
    } catch (error) {
      // The function is not there, and saying so takes a service that knows the question.
      if (!isAwsError(error, "ResourceNotFoundException")) throw error;
    }
    return `known in ${region}`;
  },
  async mail({ clients, environment: { mail } }) {
    const { ProductionAccessEnabled } = await clients.ses.getAccount({});
    if (!ProductionAccessEnabled)
      throw new Error("SES is in its sandbox: it sends to confirmed addresses only. Ask AWS to let it out.");
    const { VerifiedForSendingStatus } = await clients.ses.getEmailIdentity({ EmailIdentity: mail.identity });
    if (!VerifiedForSendingStatus)
      throw new Error(`${mail.identity} is not confirmed: publish its DKIM records (npm run tf -- output).`);
    return `${mail.identity} may send`;
  },
  async "console's secret"({ clients }) {
    const { VersionIdsToStages = {} } = await clients.secrets.describeSecret({ SecretId: `${names.console}/secrets` });
    if (Object.keys(VersionIdsToStages).length === 0)
      throw new Error("It has no value yet (docs/runbooks/first-deploy.md).");
    return "has a value";
  },
};

/** Looks whether an environment can be deployed to and will work there. */
export async function doctor(env: string): Promise<Report> {
  const environment = await loadEnvironment(env);
  const clients = await createDeployClients(environment.region);
  try {
    const context = { clients, environment };
    const findings = [await terraformFinding(), await providerFinding()];
    for (const [what, look] of Object.entries(looks)) findings.push(await finding(what, () => look(context)));
    for (const model of await models(environment))
      findings.push(await finding(`model ${model}`, () => askModel(clients, model)));
    return {
      passed: findings.every(({ state }) => state !== "FAIL"),
      lines: findings.map(({ what, state, says }) => `${state.padEnd(7)} ${what}: ${says}`),
      data: { environment: env, findings },
    };
  } finally {
    clients.close();
  }
}

async function finding(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, state: "ok", says: await look() };
  } catch (error) {
    return { what, state: "FAIL", says: error instanceof Error ? error.message : String(error) };
  }
}

async function terraformFinding(): Promise<Finding> {
  const what = "terraform";
  const terraform = await findTerraform();
  if (!terraform) return { what, state: "FAIL", says: NO_TERRAFORM };
  const { stdout } = await runTerraform(terraform, ["version", "-json"], { cwd: process.cwd() });
  const { terraform_version: version } = JSON.parse(stdout) as { terraform_version: string };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 10))
    return { what, state: "FAIL", says: `Expected 1.10 or later, got ${version}.` };
  return { what, state: "ok", says: version };
}

async function providerFinding(): Promise<Finding> {
  const version = await lockedProvider();
  const what = "provider";
  if (!version) return { what, state: "skipped", says: "no lock file yet; the first plan makes it: commit it" };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major !== 6 || minor < 25)
    return { what, state: "FAIL", says: `Expected hashicorp/aws 6.25 or later, got ${version}.` };
  return { what, state: "ok", says: `hashicorp/aws ${version}` };
}

async function models({ model }: Environment): Promise<string[]> {
  if (model.id) return [model.id];
  const named = (await loadContracts()).flatMap(({ permissions, scoring }) => [
    permissions.model,
    scoring?.fallback?.id,
  ]);
  return [...new Set(named.filter((id) => id !== undefined))];
}

/** One question of a few tokens: only an answer shows that the account may ask. */
async function askModel({ bedrock }: DeployClients, modelId: string): Promise<string> {
  const messages = [{ role: "user" as const, content: [{ text: "Answer with the word yes." }] }];
  const abortSignal = AbortSignal.timeout(20_000);
  const { usage } = await bedrock.converse({ modelId, messages, inferenceConfig: { maxTokens: 5 } }, { abortSignal });
  return `answers (${usage?.totalTokens ?? "?"} tokens)`;
}
