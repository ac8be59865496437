import { setTimeout as sleep } from "node:timers/promises";
import type { ConverseCommandInput, ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import type { Model } from "./settings.ts";

/** Bedrock's Converse, by `#platform` or by a test. */
export type Converse = (
  request: ConverseCommandInput,
  options: { abortSignal: AbortSignal },
) => Promise<ConverseCommandOutput>;

export type Asked =
  | { answered: true; model: Model; output: ConverseCommandOutput; attempts: number }
  | { answered: false; model: Model; code: "MODEL_LATE" | "MODEL_UNAVAILABLE"; explanation: string; attempts: number };

/** Bedrock's errors that no later attempt on the same model mends; any other (throttling, overload, a lost connection) may pass. */
const FINAL = [
  "ValidationException",
  "AccessDeniedException",
  "ResourceNotFoundException",
  "ServiceQuotaExceededException",
  "UnrecognizedClientException",
  "ExpiredTokenException",
];
const ATTEMPTS = 4;
const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 8_000;
/** What of the time the first model may take where another stands behind it. */
const FIRST_SHARE = 0.6;
/** With less time than this left, nobody is asked any more. */
const LEAST_MS = 50;

/**
 * Asks the first model that answers: throttling and overload are waited out with backoff and full jitter, then the next
 * model is asked. All of it ends at `endsAt` (`performance.now()`'s milliseconds).
 */
export async function ask(
  models: readonly Model[],
  request: (modelId: string) => ConverseCommandInput,
  options: { converse: Converse; endsAt: number },
): Promise<Asked> {
  let last: Asked | undefined;
  for (const [index, model] of models.entries()) {
    const now = performance.now();
    const isLast = index === models.length - 1;
    const endsAt = isLast ? options.endsAt : now + (options.endsAt - now) * FIRST_SHARE;
    if (last && endsAt - now < LEAST_MS) break;
    const asked = await askOne(model, request(model.id), { ...options, endsAt });
    if (asked.answered) return { ...asked, attempts: asked.attempts + (last?.attempts ?? 0) };
    last = { ...asked, attempts: asked.attempts + (last?.attempts ?? 0) };
  }
  if (!last) throw new RangeError("Expected at least one model, got none.");
  return last;
}

async function askOne(
  model: Model,
  request: ConverseCommandInput,
  { converse, endsAt }: { converse: Converse; endsAt: number },
): Promise<Asked> {
  const left = () => Math.max(1, Math.round(endsAt - performance.now()));
  const failed = (code: "MODEL_LATE" | "MODEL_UNAVAILABLE", explanation: string, attempts: number): Asked => ({
    answered: false,
    model,
    code,
    explanation,
    attempts,
  });
  const given = left();
  for (let attempt = 1; ; attempt += 1) {
    const abortSignal = AbortSignal.timeout(left());
    try {
      return { answered: true, model, output: await converse(request, { abortSignal }), attempts: attempt };
    } catch (error) {
      if (abortSignal.aborted) return failed("MODEL_LATE", `the model did not answer within ${given} ms.`, attempt);
      if (!isService(error)) throw error;
      const { name } = error;
      const delay = Math.random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
      if (FINAL.includes(name) || attempt >= ATTEMPTS || delay + LEAST_MS > left())
        return failed("MODEL_UNAVAILABLE", `the model could not be asked (${name}).`, attempt);
      await sleep(delay);
    }
  }
}

/** An error of the service or of the way to it; any other is a fault of ours, which no waiting mends. */
const isService = (error: unknown): error is Error =>
  error instanceof Error && ("$metadata" in error || "code" in error || /Timeout|Abort/.test(error.name));
