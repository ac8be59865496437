import type { z } from "zod";
import { toDotPath } from "zod/v4/core";
import type { Refusal } from "./errors.ts";

/** The first problem that a schema found, as field, expectation and what came: the kind of what came, never itself. */
export function refusalOf(error: z.ZodError, value: unknown, root?: string): Refusal {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const field = [root, path.length > 0 ? toDotPath(path) : undefined].filter(Boolean).join(".") || "body";
  if (issue?.code === "unrecognized_keys") {
    const keys = issue.keys.slice(0, 5).map((key) => key.slice(0, 60));
    return { field, expected: "only the fields that it has", received: `also ${keys.join(", ")}` };
  }
  const expected = issue?.message.replace(/^[\w ]+: expected /, "").replace(/, received .*$/, "") ?? "another value";
  return { field, expected, received: kindOf(path.reduce<unknown>(child, value)) };
}

const child = (parent: unknown, key: PropertyKey) => (parent as Record<PropertyKey, unknown> | null | undefined)?.[key];

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string") return `a text of ${value.length} characters`;
  if (typeof value === "number") return Number.isInteger(value) ? "a whole number" : "a number with a fraction";
  return typeof value === "boolean" ? "a truth value" : "an object";
}
