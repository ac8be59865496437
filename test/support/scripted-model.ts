import type { Rubric } from "#scoring";
import type { Service } from "../../libs/local/core/service.ts";
import { restJsonError, WireError } from "../../libs/local/core/wire-error.ts";

/** What the model does with the next request: answers a text, refuses it, throws a service's error, or never answers. */
export type Script = { text: string; stopReason?: string } | { error: string; status: number } | { late: true };

/** A well-formed answer of the model that gives every criterion of a rubric this level; `over` changes some of it. */
export const answerAt = ({ criteria }: Rubric, level: number, over: Record<string, unknown> = {}) =>
  JSON.stringify({
    fields: {},
    criteria: criteria.map(({ id }) => ({ id, level, reason: "As it says.", quotation: null })),
    score: level,
    summary: "A summary.",
    suspicious: false,
    suspicion: null,
    ...over,
  });

/** Bedrock's Converse, doing what a test says: `script.next` for every request, until it is changed. */
export function createScriptedModel() {
  const script: { next: Script; asked: number } = { next: { text: "" }, asked: 0 };
  const service: Service = {
    name: "bedrock",
    maxBodyBytes: 1024 * 1024,
    async handle() {
      script.asked += 1;
      const { next } = script;
      if ("late" in next) return new Promise(() => undefined);
      if ("error" in next) return restJsonError(new WireError(next.error, next.status, "As the test says."));
      const { text, stopReason = "end_turn" } = next;
      const usage = { inputTokens: 700, outputTokens: 90, totalTokens: 790 };
      const body = {
        output: { message: { role: "assistant", content: [{ text }] } },
        stopReason,
        usage,
        metrics: { latencyMs: 1 },
      };
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    },
    tooLarge: () => restJsonError(new WireError("ValidationException", 400, "The request is too large.")),
  };
  return { script, service };
}
