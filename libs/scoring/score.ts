import type { ConverseCommandInput, ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import type { z } from "zod";
import { type Reason, readAnswer } from "./answer.ts";
import { ScoringUnavailableError } from "./errors.ts";
import { converseRequest, promptVersion } from "./prompt.ts";
import type { Rubric } from "./rubric.ts";

/** Bedrock's Converse, by `#platform` or by a test. */
export type Converse = (
  request: ConverseCommandInput,
  options: { abortSignal: AbortSignal },
) => Promise<ConverseCommandOutput>;

export type NoScoreCode =
  | "MODEL_REFUSED"
  | "MODEL_LATE"
  | "MODEL_UNAVAILABLE"
  | "ANSWER_CUT"
  | "ANSWER_MALFORMED"
  | "ANSWER_OUT_OF_RANGE"
  | "ANSWER_CONTRADICTORY"
  | "DOCUMENT_SUSPICIOUS"
  | "DOCUMENT_TOO_LONG";

export type Usage = { inputTokens: number; outputTokens: number };

/** What every score says of how it came about. */
type Provenance = { model: string; promptVersion: string; latencyMs: number; usage?: Usage };

/** A score, or why there is none that could be used: then a person decides. Plain JSON. */
export type ScoreOutcome<Fields = Record<string, string | null>> =
  | ({ usable: true; value: number; reasons: Reason[]; fields: Fields; summary: string } & Provenance)
  | ({ usable: false; code: NoScoreCode; explanation: string; fields?: Fields } & Provenance);

export interface ScoreOptions<Fields extends z.ZodObject> {
  converse: Converse;
  /** A model's or an inference profile's id. */
  modelId: string;
  rubric: Rubric;
  document: string;
  /** What is to be read out of the document; each nullable. */
  fields: Fields;
  /** How long the model may take, in milliseconds. */
  deadlineMs: number;
  /** A longer document is not judged by its beginning: a person reads it. Default 60,000. */
  maxCharacters?: number;
}

/** Bedrock's errors that no later attempt mends; any other (throttling, overload, a lost connection) may pass. */
const FINAL = [
  "ValidationException",
  "AccessDeniedException",
  "ResourceNotFoundException",
  "ServiceQuotaExceededException",
  "UnrecognizedClientException",
  "ExpiredTokenException",
];

/**
 * Judges a document by a rubric through Bedrock Converse with structured output.
 * @throws ScoringUnavailableError where a later attempt may succeed; every other trouble is an unusable score
 */
export async function scoreDocument<Fields extends z.ZodObject>(
  options: ScoreOptions<Fields>,
): Promise<ScoreOutcome<z.infer<Fields>>> {
  const { converse, modelId, rubric, document, deadlineMs, maxCharacters = 60_000 } = options;
  const started = performance.now();
  let usage: Usage | undefined;
  const provenance = () => ({
    model: modelId,
    promptVersion: promptVersion(rubric),
    latencyMs: Math.round(performance.now() - started),
    ...(usage && { usage }),
  });
  const none = (code: NoScoreCode, explanation: string, fields?: z.infer<Fields>) => ({
    usable: false as const,
    code,
    explanation,
    ...(fields && { fields }),
    ...provenance(),
  });
  if (document.length > maxCharacters)
    return none(
      "DOCUMENT_TOO_LONG",
      `the document has ${document.length} characters, more than the ${maxCharacters} that are judged.`,
    );

  const abortSignal = AbortSignal.timeout(deadlineMs);
  let output: ConverseCommandOutput;
  try {
    output = await converse(converseRequest(options), { abortSignal });
  } catch (error) {
    if (abortSignal.aborted) return none("MODEL_LATE", `the model did not answer within ${deadlineMs} ms.`);
    const name = error instanceof Error ? error.name : "";
    if (FINAL.includes(name)) return none("MODEL_UNAVAILABLE", `the model could not be asked (${name}).`);
    throw new ScoringUnavailableError(error);
  }
  const { inputTokens, outputTokens } = output.usage ?? {};
  usage = { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
  if (output.stopReason === "max_tokens") return none("ANSWER_CUT", "the model's answer was cut off.");
  if (output.stopReason !== "end_turn" && output.stopReason !== "stop_sequence")
    return none("MODEL_REFUSED", `the model gave no judgement (${output.stopReason}).`);

  const text = output.output?.message?.content?.map((block) => block.text ?? "").join("") ?? "";
  const answer = readAnswer(text, options);
  if (!answer.valid) return none(answer.code, answer.explanation, answer.fields);
  const { fields, value, reasons, summary, suspicious, suspicion } = answer;
  if (suspicious)
    return none(
      "DOCUMENT_SUSPICIOUS",
      `the document seems to speak to the model${suspicion ? ` (${suspicion})` : ""}.`,
      fields,
    );
  return { usable: true, value, reasons, fields, summary, ...provenance() };
}
