import type { Reason } from "./answer.ts";
import type { Finding } from "./document/finding.ts";

export type NoScoreCode =
  | "MODEL_REFUSED"
  | "MODEL_LATE"
  | "MODEL_UNAVAILABLE"
  | "ANSWER_CUT"
  | "ANSWER_MALFORMED"
  | "ANSWER_OUT_OF_RANGE"
  | "ANSWER_CONTRADICTORY"
  | "ANSWER_MISQUOTED"
  | "SCORE_UNSTABLE"
  | "CRITERIA_DISAGREE"
  | "DOCUMENT_SUSPICIOUS"
  | "DOCUMENT_TOO_LONG"
  | "LANGUAGE_UNKNOWN"
  | "BUDGET_SPENT";

export type Usage = {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
};

/** What every score says of how it came about. */
export type Provenance = {
  /** The model that answered; the contract's first one where none did. */
  model: string;
  /** Whether the model is the contract's second choice. */
  isFallback: boolean;
  /** How often a model was called in all, retries included, and how many of the answers count. */
  attempts: number;
  answers: number;
  promptVersion: string;
  /** Digests of the prompt, the rubric and the document as the model saw it. */
  hashes: { prompt: string; rubric: string; document: string };
  latencyMs: number;
  usage?: Usage;
  /** US dollars, by the contract's prices. */
  cost: number;
  findings: Finding[];
};

/** A score, or why there is none that could be used: then a person decides, and sees what there is. Plain JSON. */
export type ScoreOutcome<Fields = Record<string, string | null>> =
  | ({ usable: true; value: number; reasons: Reason[]; fields: Fields; summary: string } & Provenance)
  | ({
      usable: false;
      code: NoScoreCode;
      explanation: string;
      fields?: Fields;
      /** What the levels came to all the same. */
      value?: number;
      reasons?: Reason[];
    } & Provenance);
