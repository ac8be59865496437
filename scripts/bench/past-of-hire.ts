import { loadHistories } from "../history/load.ts";
import type { Past } from "./workflow.ts";

/** What an onboarding has behind it when it sleeps until the first morning, by its recorded history. */
export async function pastOfHire(): Promise<Past> {
  const smooth = (await loadHistories("onboarding")).find(({ path }) => path === "smooth");
  const asleep = smooth?.events.findIndex(({ type, name }) => type === "WaitStarted" && name === "first morning") ?? -1;
  if (!smooth || asleep < 0) throw new Error("No recorded onboarding sleeps until the first morning.");
  const before = smooth.events.slice(0, asleep);
  const operations = new Set(before.flatMap(({ id }) => id ?? [])).size;
  const bytes = before.reduce((sum, { result = "" }) => sum + Buffer.byteLength(result), 0);
  return { operations, bytesEach: Math.ceil(bytes / operations) };
}
