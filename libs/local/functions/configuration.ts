import { z } from "zod";
import type { FunctionVersion } from "../core/ports.ts";
import { errors } from "./errors.ts";

const Name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "expected 1 to 64 of letters, digits, - and _");
const Settings = z.strictObject({
  Handler: z
    .string()
    .regex(/^[\w.-][\w./-]*\.\w+$/, "expected file.export")
    .refine((handler) => !handler.includes(".."), "expected a file of the bundle"),
  Runtime: z.enum(["nodejs22.x", "nodejs24.x"]),
  Role: z.string(),
  Timeout: z.int().min(1).max(900).default(3),
  MemorySize: z.int().min(128).max(10_240).default(128),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().optional() }).optional(),
  Description: z.string().max(256).optional(),
});
const DurableConfig = z.strictObject({
  ExecutionTimeout: z.int().min(1).max(31_622_400),
  RetentionPeriodInDays: z.int().min(1).max(90).default(14),
});

/** What CreateFunction takes here; other members are refused by name. */
export const CreateFunction = z.strictObject({
  FunctionName: Name,
  ...Settings.shape,
  Code: z.strictObject({ ZipFile: z.base64() }),
  DurableConfig: DurableConfig.optional(),
  Publish: z.boolean().default(false),
  PackageType: z.literal("Zip").optional(),
  Architectures: z.array(z.enum(["x86_64", "arm64"])).optional(),
});
export const UpdateCode = z.strictObject({
  ZipFile: z.base64(),
  Publish: z.boolean().default(false),
  Architectures: z.array(z.string()).optional(),
});
export const UpdateConfiguration = Settings.partial().extend({
  FunctionName: z.string().optional(),
  DurableConfig: DurableConfig.optional(),
});

/** A version's code and settings, as they are stored. */
export const Configuration = z.object({
  ...Settings.shape,
  DurableConfig: DurableConfig.optional(),
  sha256: z.string(),
  codeSize: z.number(),
  modifiedAt: z.number(),
});
export type Configuration = z.infer<typeof Configuration>;

/** Parses a request's JSON body. @throws WireError that names the member, what was expected and what came */
export function parseBody<T extends z.ZodType>(schema: T, body: Buffer): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString() || "{}");
  } catch {
    throw errors.malformed("Could not parse request body into json.");
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw errors.invalid(z.prettifyError(parsed.error));
  return parsed.data;
}

/** FunctionConfiguration as Lambda answers it. */
export function toWire(
  place: { region: string; account: string },
  at: { name: string; version: string },
  configuration: Configuration,
) {
  const { sha256, codeSize, modifiedAt, ...settings } = configuration;
  const arn = `arn:aws:lambda:${place.region}:${place.account}:function:${at.name}`;
  return {
    ...settings,
    FunctionName: at.name,
    FunctionArn: at.version === "$LATEST" ? arn : `${arn}:${at.version}`,
    Version: at.version,
    CodeSha256: sha256,
    CodeSize: codeSize,
    LastModified: new Date(modifiedAt).toISOString(),
    PackageType: "Zip",
    Architectures: ["x86_64"],
    State: "Active",
    LastUpdateStatus: "Successful",
  };
}

export function toVersion(
  at: { name: string; version: string; folder: string },
  configuration: Configuration,
): FunctionVersion {
  const { Handler, Environment, Timeout, MemorySize, DurableConfig: durable, DeadLetterConfig } = configuration;
  return {
    ...at,
    handler: Handler,
    environment: Environment.Variables,
    timeoutSeconds: Timeout,
    memoryMb: MemorySize,
    ...(durable && {
      durable: { executionTimeoutSeconds: durable.ExecutionTimeout, retentionDays: durable.RetentionPeriodInDays },
    }),
    ...(DeadLetterConfig?.TargetArn && { deadLetterArn: DeadLetterConfig.TargetArn }),
  };
}
