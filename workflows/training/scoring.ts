import { parseExecutionArn } from "#executions";
import {
  decideByBands,
  type Rubric,
  type ScoreOptions,
  type ScoreOutcome,
  type ScoringSettings,
  scoreDocument,
  scoringOf,
  shadowFor,
} from "#scoring";
import { bands, contract } from "./contract.ts";
import { applicantIn, ReadFields, type RequestFields } from "./request.ts";
import { rubric as current } from "./rubric.ts";

/** Scores a request's text. A JSON request's own fields count; of a free text, who asks is read here, for no model is shown it. */
export async function scoreText(
  request: { text: string; fields?: RequestFields | undefined },
  options: Pick<ScoreOptions<typeof ReadFields>, "converse" | "languagesOf" | "spending"> & {
    modelId?: string | undefined;
    /** Others than the contract's: a candidate's. */
    rubric?: Rubric;
    settings?: ScoringSettings;
  },
): Promise<{ score: ScoreOutcome; fields?: RequestFields }> {
  const { modelId, rubric = current, settings = scoringOf(contract, modelId), ...by } = options;
  const score = await scoreDocument({
    ...by,
    settings,
    rubric,
    document: request.text,
    fields: ReadFields,
    metadata: { workflow: contract.name, rubric: rubric.version },
  });
  const fields = request.fields ?? (score.fields && { ...applicantIn(request.text), ...score.fields });
  return { score, ...(fields && { fields }) };
}

/** What the policy makes of a judgement: what could not be read is rejected, what has no usable score goes to a person. */
export function policy(judgement: {
  problem?: unknown;
  score?: ScoreOutcome | undefined;
}): "approved" | "rejected" | "person" {
  if (judgement.problem) return "rejected";
  return judgement.score?.usable ? decideByBands(judgement.score.value, bands) : "person";
}

/** Whether the contract's candidate judges this execution's document too. */
export const isShadowed = (executionArn: string): boolean =>
  shadowFor(contract.scoring, parseExecutionArn(executionArn)?.name ?? "unnamed") !== undefined;
