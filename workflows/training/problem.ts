import type { z } from "zod";
import { toDotPath } from "zod/v4/core";
import type { Refusal } from "#intake";

const FORMATS: Readonly<Record<string, string>> = { email: "an e-mail address", date: "a date such as 2027-01-31" };

/** The first thing that is wrong with a JSON request: field, expectation and what came, which is told by its kind and never by its value. */
export function problemOf(error: z.ZodError, value: unknown): Refusal {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const at = path.length > 0 ? toDotPath(path) : "document";
  if (issue?.code === "unrecognized_keys") {
    const others = issue.keys.map((key) => key.slice(0, 40));
    const received = `also ${others.slice(0, 5).join(", ")}`;
    return { field: at, expected: "only the fields of a training request", received };
  }
  return { field: at, expected: expectation(issue), received: kindOf(path.reduce<unknown>(member, value)) };
}

function expectation(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case "invalid_type":
      return /^[aeiou]/.test(issue.expected) ? `an ${issue.expected}` : `a ${issue.expected}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? issue.message;
    case "too_small":
      return issue.origin === "string" ? `a text of at least ${issue.minimum} character` : `at least ${issue.minimum}`;
    case "too_big":
      return issue.origin === "string" ? `a text of at most ${issue.maximum} characters` : `at most ${issue.maximum}`;
    default:
      return issue?.message ?? "another value";
  }
}

const member = (value: unknown, key: PropertyKey): unknown =>
  (value as Record<PropertyKey, unknown> | undefined)?.[key];

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value === "" ? "an empty text" : `a text of ${value.length} characters`;
  if (typeof value === "number") return value < 0 ? "a negative number" : "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
