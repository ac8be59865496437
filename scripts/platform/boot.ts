import { join } from "node:path";
import { deploy, type LocalCloud, LocalCloudError, type LocalCloudOptions, startLocalCloud } from "#local";
import { type AdminClients, connectBedrock, createAdminClients } from "#platform/admin";
import { buildAll } from "../build/all.ts";
import { functionSources, loadContracts, workflowNames } from "../build/functions.ts";
import { startSandboxes } from "./sandboxes.ts";

export interface BootOptions {
  folder: string;
  port: number;
  consolePort: number;
  bedrock: "offline" | "aws";
  clock?: "real" | "virtual";
  /** The one workflow to build and deploy, with what serves it; absent: all of them. */
  only?: string;
  /** For runs in which things go wrong on purpose. */
  faults?: LocalCloudOptions["faults"];
  /** False: the sweeper is never run. It mends what a crash left, and each move of the clock would run it. Default true. */
  sweep?: boolean;
  /** Told of each stage as it begins. */
  onStage: (stage: string) => void;
}

export interface Platform {
  cloud: LocalCloud;
  clients: AdminClients;
  modelId: string | undefined;
  /** Where the sandboxes of the workflows' counterparties are reached, by workflow. */
  sandboxes: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Builds the functions, starts the local cloud, and deploys the one onto the other. */
export async function boot({
  folder,
  port,
  consolePort,
  bedrock,
  clock,
  only,
  faults,
  sweep = true,
  onStage,
}: BootOptions): Promise<Platform> {
  const model = bedrock === "aws" ? { mode: bedrock, forward: await realBedrock() } : { mode: bedrock };
  onStage("building the functions");
  const all = await loadContracts();
  const contracts = only === undefined ? all : all.filter(({ name }) => name === only);
  const functions = only === undefined ? await buildAll() : await buildFor(only, folder);
  onStage("starting the local cloud");
  const cloud = await startLocalCloud({
    folder,
    port,
    consolePort,
    bedrock: model,
    ...(clock && { clock }),
    ...(faults && { faults }),
    onError: (error) => console.error(error),
  });
  const clients = await createAdminClients(cloud);
  const { settings, urls: sandboxes, close: closeSandboxes } = await startSandboxes(folder);
  const close = async () => {
    clients.close();
    await cloud.close();
    await closeSandboxes();
  };
  try {
    onStage("deploying onto it");
    const modelId = bedrock === "offline" ? "longhaul-offline" : process.env.LONGHAUL_MODEL_ID;
    const { consoleUrl, consoleEnvironment } = cloud;
    const addresses = { consoleUrl, consoleEnvironment, settings, collector: collectorOf(process.env) };
    await deploy(clients, { contracts, functions, ...addresses, ...(modelId && { modelId }) });
    if (sweep) cloud.startSchedules();
    return { cloud, clients, modelId, sandboxes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Leaves the other workflows out, and `dist/`, where all of them lie, alone. */
async function buildFor(workflow: string, folder: string) {
  const others = (await workflowNames()).filter((name) => name !== workflow);
  const sources = (await functionSources()).filter(({ name }) => !others.includes(name));
  return buildAll(join(folder, "dist"), sources);
}

/** @throws LocalCloudError where this process has no credentials */
async function realBedrock() {
  try {
    return await connectBedrock(awsRegion());
  } catch (cause) {
    const ways = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or `aws sso login`";
    throw new LocalCloudError(
      "NO_AWS_CREDENTIALS",
      `--bedrock aws asks the real model and needs AWS credentials, of which none were found. Set ${ways}, or leave the option out for the offline model.`,
      { cause },
    );
  }
}

const awsRegion = () => process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? "eu-west-1";

const TRACING = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_SERVICE_NAME"];

/** Where a collector is configured for this process, the functions send their traces there. */
function collectorOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  if (!environment.OTEL_EXPORTER_OTLP_ENDPOINT) return {};
  return Object.fromEntries(TRACING.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
