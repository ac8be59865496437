import type { Contract } from "#workflow";
import { names } from "./names.ts";

/** A function as it is deployed, whatever deploys it: the local cloud's deployer and the stacks both make it from this. */
export interface FunctionPlan {
  name: string;
  /** Its folder under `dist/`. */
  code: string;
  memoryMb: number;
  timeoutSeconds: number;
  environment: Record<string, string>;
}

/** What the functions are told of the deployment that they are part of. */
export interface Deployment {
  bucket: string;
  consoleUrl: string;
  mailFrom: string;
  /** Who is told of a role's reviews. */
  roleAddresses: Readonly<Record<string, readonly string[]>>;
  /** In place of the model that each contract names. */
  modelId?: string;
  /** Values of the settings that contracts name. What is missing here, the function misses at its first run. */
  settings?: Readonly<Record<string, string>>;
  /** OpenTelemetry's own variables, by which workflows and the indexer find the collector of traces. Without any there are no traces. */
  collector?: Readonly<Record<string, string>>;
}

export function workflowFunction(contract: Contract, deployment: Deployment): FunctionPlan {
  const { modelId, mailFrom, roleAddresses, settings = {} } = deployment;
  const own = Object.entries(settings).filter(([name]) => contract.settings?.includes(name));
  const roles = new Set(Object.values(contract.reviews).map(({ role }) => role));
  const addresses = Object.entries(roleAddresses).filter(([role]) => roles.has(role));
  return {
    name: names.workflow(contract.name),
    code: contract.name,
    ...contract.function,
    environment: {
      ...common(deployment),
      LONGHAUL_MAIL_FROM: mailFrom,
      LONGHAUL_ROLE_ADDRESSES: JSON.stringify(Object.fromEntries(addresses)),
      ...(modelId && { LONGHAUL_MODEL_ID: modelId }),
      ...(readsDocuments(contract) && { LONGHAUL_READER: names.reader }),
      ...Object.fromEntries(own),
      ...deployment.collector,
    },
  };
}

/** `deadLetterUrl`: of the queue for what the workflow's own queue could not deliver. */
export function dispatcherFunction(
  contract: Contract,
  deployment: Deployment & { deadLetterUrl: string },
): FunctionPlan {
  return {
    name: names.dispatcher(contract.name),
    code: "dispatcher",
    memoryMb: 256,
    timeoutSeconds: 30,
    environment: {
      LONGHAUL_BUCKET: deployment.bucket,
      LONGHAUL_REQUESTS_TABLE: names.requests,
      LONGHAUL_EXECUTIONS_TABLE: names.executions,
      LONGHAUL_REVIEWS_TABLE: names.reviews,
      LONGHAUL_WORKFLOW: contract.name,
      LONGHAUL_FUNCTION: names.workflow(contract.name),
      LONGHAUL_ALIAS: names.alias,
      LONGHAUL_DEAD_LETTER_QUEUE_URL: deployment.deadLetterUrl,
    },
  };
}

export function consoleFunction(deployment: Deployment): FunctionPlan {
  return {
    name: names.console,
    code: "console",
    memoryMb: 512,
    timeoutSeconds: 30,
    environment: {
      ...common(deployment),
      LONGHAUL_REQUESTS_TABLE: names.requests,
      LONGHAUL_EXECUTIONS_TABLE: names.executions,
      LONGHAUL_MAIL_FROM: deployment.mailFrom,
    },
  };
}

export function sweeperFunction(deployment: Deployment): FunctionPlan {
  return {
    name: names.sweeper,
    code: "sweeper",
    memoryMb: 512,
    timeoutSeconds: 30,
    environment: common(deployment),
  };
}

/** Keeps the index of executions. A repair lists for up to 20 seconds. */
export function indexerFunction(deployment: Deployment): FunctionPlan {
  return {
    name: names.indexer,
    code: "indexer",
    memoryMb: 512,
    timeoutSeconds: 60,
    environment: { ...common(deployment), LONGHAUL_EXECUTIONS_TABLE: names.executions, ...deployment.collector },
  };
}

/** Reads PDFs and tells languages, for all workflows that do either. */
export function readerFunction({ bucket }: Deployment): FunctionPlan {
  return {
    name: names.reader,
    code: "reader",
    memoryMb: 1_024,
    timeoutSeconds: 25,
    environment: { LONGHAUL_BUCKET: bucket },
  };
}

/** Whether the workflow asks the reader: for the text of uploads, or before it scores. */
export const readsDocuments = (contract: Contract): boolean =>
  contract.scoring !== undefined || contract.triggers.some(({ kind }) => kind === "bucket");

const common = ({ bucket, consoleUrl }: Deployment) => ({
  LONGHAUL_BUCKET: bucket,
  LONGHAUL_REVIEWS_TABLE: names.reviews,
  LONGHAUL_CONSOLE_URL: consoleUrl,
  LONGHAUL_EVENT_BUS: names.eventBus,
});
