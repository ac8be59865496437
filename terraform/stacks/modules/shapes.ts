import { z } from "zod";

/** What a function may do: one statement of its role's policy. */
export const Permission = z.strictObject({
  sid: z.string(),
  actions: z.array(z.string()),
  resources: z.array(z.string()),
  /** Operator to key to values, as in IAM. */
  conditions: z.record(z.string(), z.record(z.string(), z.array(z.string()))).optional(),
});
export type Permission = z.infer<typeof Permission>;

/** A built zip, from the folder that the stack is written to, and its SHA-256 in base64. */
export const Code = z.strictObject({ filename: z.string(), sha256: z.string() });
export type Code = z.infer<typeof Code>;

/** Of a durable function. */
export const Durable = z.strictObject({ execution_timeout_seconds: z.number(), retention_days: z.number() });

/** Where everything is. */
export const place = { account_id: z.string(), region: z.string() };

export const log = { log_retention_days: z.number(), log_key_arn: z.string() };

/** A function, as the module `function` takes it. */
export const FunctionVariables = z.strictObject({
  name: z.string(),
  ...place,
  code: Code,
  memory_mb: z.number(),
  timeout_seconds: z.number(),
  environment: z.record(z.string(), z.string()).optional(),
  permissions: z.array(Permission).optional(),
  environment_key_arn: z.string(),
  ...log,
  reserved_concurrency: z.number().optional(),
});
