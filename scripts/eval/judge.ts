import { readDocumentText } from "#intake";
import type { Converse, Rubric, ScoreOutcome } from "#scoring";
import { languagesOf, pdfText } from "../../libs/reading/here.ts";
import { parseJsonRequest, type RequestFields } from "../../workflows/training/request.ts";
import { policy, scoreText } from "../../workflows/training/scoring.ts";
import type { Case } from "./set.ts";

export interface Judged extends Case {
  score: number | null;
  decision: "approved" | "rejected" | "person";
  /** What was found in the document, and why there is no score. */
  flags: string[];
  outcome?: ScoreOutcome;
  fields?: RequestFields;
}

/** Judges a case as the training workflow does: read, parsed, scored, decided by the policy. */
export async function judge(
  one: Case,
  by: { converse: Converse; modelId: string | undefined; rubric?: Rubric },
): Promise<Judged> {
  const bytes = new TextEncoder().encode(one.document);
  const read = await readDocumentText(`case.${one.format}`, bytes, () => pdfText(bytes));
  const parsed = read.readable && read.format === "json" ? parseJsonRequest(read.text) : undefined;
  if (!read.readable || (parsed && !parsed.valid)) {
    const problem = read.readable ? parsed && !parsed.valid && parsed.problem : read.problem;
    return { ...one, score: null, decision: policy({ problem }), flags: ["UNREADABLE"] };
  }
  const { score: outcome, fields } = await scoreText(
    { text: read.text, fields: parsed?.valid ? parsed.fields : undefined },
    { ...by, languagesOf },
  );
  const flags = [
    ...new Set(outcome.findings.map(({ kind }) => kind)),
    ...(outcome.usable ? [] : [outcome.code]),
    ...(outcome.answers > 1 ? ["asked-again"] : []),
    ...(outcome.isFallback ? ["fallback-model"] : []),
  ];
  return {
    ...one,
    score: outcome.value ?? null,
    decision: policy({ score: outcome }),
    flags,
    outcome,
    ...(fields && { fields }),
  };
}
