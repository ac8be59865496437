import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { LonghaulError } from "#platform";
import { ContractData } from "#workflow";

export const TRIGGERS = ["queue", "bucket", "both"] as const;

/** What a new workflow is made of. */
export interface Choices {
  name: string;
  trigger: (typeof TRIGGERS)[number];
  /** It asks a person. */
  review: boolean;
  /** It takes back what it did where a later part fails. */
  saga: boolean;
  /** It has a model score what is asked for. */
  score: boolean;
}

/** What was chosen cannot be. Its message says what to do. */
export class RefusedChoiceError extends LonghaulError {}

/** Folders of `dist/`, modules of the stack, and what every object has: each would be taken for the workflow's own. */
const TAKEN = [
  "console",
  "constructor",
  "data-key",
  "dispatcher",
  "documents",
  "encryption",
  "executions",
  "indexer",
  "notifications",
  "observability",
  "operations-key",
  "reader",
  "requests",
  "reviews",
  "sweeper",
];
/** What the platform puts behind a workflow's name. */
const ENDINGS = ["-dispatcher", "-dead-letters", "-failures", "-intake"];

/** What is wrong with a name, in words for who chose it; undefined where nothing is. */
export async function problemOf(name: string, workflows: string): Promise<string | undefined> {
  const parsed = ContractData.shape.name.safeParse(name);
  if (!parsed.success) return `Expected a name of ${parsed.error.issues[0]?.message}, got ${JSON.stringify(name)}.`;
  if (TAKEN.includes(name)) return `The platform itself uses the name ${name}: choose another.`;
  if (/--|-$/.test(name)) return `Expected a name with single hyphens between words, got ${JSON.stringify(name)}.`;
  const ending = ENDINGS.find((one) => name.endsWith(one));
  if (ending) return `The platform puts ${ending} behind a workflow's name: choose one that does not end in it.`;
  if (existsSync(join(workflows, name)))
    return `workflows/${name} is there already: choose another name, or remove it.`;
  // Where a folder's case does not count, a file of another case would be the same.
  const others = existsSync(workflows) ? await readdir(workflows) : [];
  const same = others.find((other) => other.toLowerCase() === name);
  return same && `workflows/${same} is there already: choose another name.`;
}
