import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { type FunctionPlan, names } from "#deployment";
import { isAwsError } from "#platform";
import type { AdminClients } from "#platform/admin";

/** A function's built zip and its CodeSha256, by its folder under `dist/`. */
export type Code = (folder: string) => { archive: Uint8Array; sha256: string };

/** A function as it should be. */
export interface FunctionSpec extends FunctionPlan, ReturnType<Code> {
  durable?: { executionTimeoutSeconds: number; retentionDays: number };
  deadLetterArn?: string;
}

/** Makes the function what `spec` says and its alias the newest version. Runs asleep stay on the version that they started on. */
export async function deployFunction(
  { lambda }: AdminClients,
  spec: FunctionSpec,
): Promise<{ version: string; changed: boolean }> {
  const current = await lambda.getFunctionConfiguration({ FunctionName: spec.name }).catch((error: unknown) => {
    if (isAwsError(error, "ResourceNotFoundException")) return undefined;
    throw error;
  });
  if (!current) await create({ lambda }, spec);
  else await update({ lambda }, spec, current);

  const { Version: version = "" } = await lambda.publishVersion({ FunctionName: spec.name });
  const alias = { FunctionName: spec.name, Name: names.alias, FunctionVersion: version };
  const live = await lambda.getAlias(alias).catch((error: unknown) => {
    if (isAwsError(error, "ResourceNotFoundException")) return undefined;
    throw error;
  });
  if (!live) await lambda.createAlias(alias);
  else if (live.FunctionVersion !== version) await lambda.updateAlias(alias);
  return { version, changed: live?.FunctionVersion !== version };
}

const configuration = (spec: FunctionSpec) => ({
  FunctionName: spec.name,
  Handler: "index.handler",
  Runtime: "nodejs24.x" as const,
  Role: "arn:aws:iam::000000000000:role/longhaul-local",
  Timeout: spec.timeoutSeconds,
  MemorySize: spec.memoryMb,
  Environment: { Variables: spec.environment },
  ...(spec.deadLetterArn && { DeadLetterConfig: { TargetArn: spec.deadLetterArn } }),
});

async function create({ lambda }: Pick<AdminClients, "lambda">, spec: FunctionSpec) {
  const { durable } = spec;
  await lambda.createFunction({
    ...configuration(spec),
    Code: { ZipFile: spec.archive },
    ...(durable && {
      DurableConfig: {
        ExecutionTimeout: durable.executionTimeoutSeconds,
        RetentionPeriodInDays: durable.retentionDays,
      },
    }),
  });
}

async function update({ lambda }: Pick<AdminClients, "lambda">, spec: FunctionSpec, current: FunctionConfiguration) {
  if (current.CodeSha256 !== spec.sha256) {
    await lambda.updateFunctionCode({ FunctionName: spec.name, ZipFile: spec.archive });
  }
  const isSame =
    current.Timeout === spec.timeoutSeconds &&
    current.MemorySize === spec.memoryMb &&
    sorted(current.Environment?.Variables) === sorted(spec.environment);
  if (!isSame) await lambda.updateFunctionConfiguration(configuration(spec));
}

const sorted = (variables: Record<string, string> = {}) => JSON.stringify(Object.entries(variables).sort());
