import type { FunctionPlan } from "#deployment";
import type { Arns } from "./arns.ts";
import type { Environment } from "./environment.ts";
import type { Code } from "./modules/shapes.ts";

/** What every part of the stack is given. */
export interface Shared {
  environment: Environment;
  arns: Arns;
  code: (folder: string) => Code;
  dataKeyArn: string;
  logKeyArn: string;
}

/** The variables by which the modules know a function. */
export function functionVariables(plan: FunctionPlan, { environment, code, logKeyArn }: Shared) {
  const reserved = environment.reservedConcurrency[plan.name];
  return {
    name: plan.name,
    account_id: environment.account,
    region: environment.region,
    code: code(plan.code),
    memory_mb: plan.memoryMb,
    timeout_seconds: plan.timeoutSeconds,
    environment: plan.environment,
    log_retention_days: environment.logRetentionDays,
    log_key_arn: logKeyArn,
    ...(reserved !== undefined && { reserved_concurrency: reserved }),
  };
}
