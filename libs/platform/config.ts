import { z } from "zod";
import { LonghaulError } from "./errors.ts";

// A function parses little and starts often: compiling each schema's parser would take longer than it saves.
z.config({ jitless: true });

/** The environment lacks something, or holds something else than was expected. Names the variables, never their values. */
export class ConfigurationError extends LonghaulError {
  constructor(problems: readonly string[]) {
    super("CONFIGURATION_INVALID", `The environment is not as expected: ${problems.join("; ")}.`);
  }
}

/**
 * Reads the environment variables that `shape` names. Values are strings; use `z.coerce` for numbers.
 * @throws ConfigurationError
 * @example const { LONGHAUL_BUCKET } = readEnvironment({ LONGHAUL_BUCKET: z.string().min(3) });
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
}
