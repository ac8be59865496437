import { createHash } from "node:crypto";
import type { Asked } from "./asking.ts";
import type { Provenance, Usage } from "./outcome.ts";
import { promptVersion, versionsOf } from "./prompt.ts";
import type { Rubric } from "./rubric.ts";
import type { Model } from "./settings.ts";

/** Cached input is read at a tenth of its price and written at a quarter more: Bedrock's terms for Claude. */
const CACHE_READ = 0.1;
const CACHE_WRITE = 1.25;

/** What a call cost, in US dollars. */
export function costOf(
  { price }: Model,
  { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 }: Usage,
) {
  const input = inputTokens + CACHE_READ * cacheReadTokens + CACHE_WRITE * cacheWriteTokens;
  return (input * price.input + outputTokens * price.output) / 1_000_000;
}

/** Keeps the account of one score: which model answered, how often, what it used and cost. */
export function openLedger(rubric: Rubric, models: readonly Model[], document: string) {
  const started = performance.now();
  let usage: Usage | undefined;
  let [cost, attempts, answers] = [0, 0, 0];
  let model = models[0]?.id ?? "";
  return {
    add(asked: Asked) {
      attempts += asked.attempts;
      if (!asked.answered) return;
      answers += 1;
      model = asked.model.id;
      const {
        inputTokens = 0,
        outputTokens = 0,
        cacheReadInputTokens,
        cacheWriteInputTokens,
      } = asked.output.usage ?? {};
      const one: Usage = {
        inputTokens,
        outputTokens,
        ...(cacheReadInputTokens && { cacheReadTokens: cacheReadInputTokens }),
        ...(cacheWriteInputTokens && { cacheWriteTokens: cacheWriteInputTokens }),
      };
      cost += costOf(asked.model, one);
      usage = usage ? sum(usage, one) : one;
    },
    cost: () => cost,
    provenance: (): Omit<Provenance, "findings"> => ({
      model,
      isFallback: model !== models[0]?.id,
      attempts,
      answers,
      promptVersion: promptVersion(rubric),
      hashes: { ...versionsOf(rubric), document: createHash("sha256").update(document).digest("hex").slice(0, 12) },
      latencyMs: Math.round(performance.now() - started),
      ...(usage && { usage }),
      cost: Math.round(cost * 1e6) / 1e6,
    }),
  };
}

function sum(one: Usage, other: Usage): Usage {
  const cacheReadTokens = (one.cacheReadTokens ?? 0) + (other.cacheReadTokens ?? 0);
  const cacheWriteTokens = (one.cacheWriteTokens ?? 0) + (other.cacheWriteTokens ?? 0);
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    ...(cacheReadTokens && { cacheReadTokens }),
    ...(cacheWriteTokens && { cacheWriteTokens }),
  };
}
