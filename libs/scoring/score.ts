import type { ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import type { z } from "zod";
import { type ReadAnswer, readAnswer } from "./answer.ts";
import { ask, type Converse } from "./asking.ts";
import { decideByBands } from "./bands.ts";
import { isSuspicious } from "./document/finding.ts";
import type { LanguagesOf } from "./document/language.ts";
import { prepareDocument } from "./document/prepare.ts";
import { openLedger } from "./ledger.ts";
import type { NoScoreCode, ScoreOutcome } from "./outcome.ts";
import { converseRequest } from "./prompt.ts";
import type { Rubric } from "./rubric.ts";
import type { ScoringSettings } from "./settings.ts";

/** What a workflow has spent on models today, in US dollars. */
export interface Spending {
  today(): Promise<number>;
  add(cost: number): Promise<void>;
}

export interface ScoreOptions<Fields extends z.ZodObject> {
  converse: Converse;
  settings: ScoringSettings;
  rubric: Rubric;
  document: string;
  /** What is to be read out of the document; each nullable. */
  fields: Fields;
  /** Tells in which languages the document is; `readerFromEnvironment().languagesOf`. */
  languagesOf: LanguagesOf;
  /** Bedrock writes it beside the spending, as `workflow` and the like: no personal data. */
  metadata?: Record<string, string>;
  /** Without it no daily budget holds. */
  spending?: Spending;
}

type Valid<Fields extends z.ZodObject> = Extract<ReadAnswer<z.infer<Fields>>, { valid: true }>;

/** A level under it in any criterion contradicts an approval: the parts disagree with the whole. */
const LOW = 25;
/** Criteria turned by this many places make the second asking another one. */
const TURN = 1;

/**
 * Judges a document by a rubric through Bedrock Converse with structured output. It never throws for what a model or a
 * document does: whatever gives no score that can be used is an outcome with a code, and then a person decides.
 */
export async function scoreDocument<Fields extends z.ZodObject>(
  options: ScoreOptions<Fields>,
): Promise<ScoreOutcome<z.infer<Fields>>> {
  const { converse, settings, rubric, fields, spending } = options;
  const { bands, margin, budget } = settings;
  const endsAt = performance.now() + settings.deadlineMs;
  const models = [settings.model, ...(settings.fallback ? [settings.fallback] : [])];
  const prepared = await prepareDocument(options.document, {
    mustNotUse: rubric.mustNotUse,
    languages: rubric.languages,
    languagesOf: options.languagesOf,
    maxTokens: settings.maxDocumentTokens,
    own: rubric.criteria.flatMap(({ question, anchors }) => [question, ...Object.values(anchors)]),
  });
  const { text: document, findings } = prepared;
  const ledger = openLedger(rubric, models, document);
  const none = (code: NoScoreCode, explanation: string, judged?: Partial<Valid<Fields>>) => ({
    usable: false as const,
    code,
    explanation,
    ...(judged?.fields && { fields: judged.fields }),
    ...(judged?.value !== undefined && { value: judged.value }),
    ...(judged?.reasons && { reasons: judged.reasons }),
    ...ledger.provenance(),
    findings,
  });

  const askOnce = async (turn: number): Promise<Valid<Fields> | ReturnType<typeof none>> => {
    const request = (modelId: string) =>
      converseRequest({ ...options, modelId, document, turn, ...(options.metadata && { metadata: options.metadata }) });
    const before = ledger.cost();
    const asked = await ask(models, request, { converse, endsAt });
    ledger.add(asked);
    await spending?.add(ledger.cost() - before);
    if (!asked.answered) return none(asked.code, asked.explanation);
    const stopped = stopOf(asked.output);
    if (stopped) return none(...stopped);
    const answer = readAnswer(textOf(asked.output), { rubric, fields, document });
    if (answer.valid) return answer;
    return none(answer.code, answer.explanation, answer.fields && { fields: answer.fields });
  };

  if (spending && (await spending.today()) >= budget.perDay)
    return none("BUDGET_SPENT", `today's budget of ${budget.perDay} dollars for this workflow is spent.`);
  const first = await askOnce(0);
  if (!("valid" in first)) return first;

  const attempt = findings.find(isSuspicious);
  if (attempt) return none("DOCUMENT_SUSPICIOUS", lower(attempt.note), first);
  if (first.suspicious) {
    const what = first.suspicion ? ` (${first.suspicion.slice(0, 300)})` : "";
    return none("DOCUMENT_SUSPICIOUS", `the document seems to speak to the model${what}.`, first);
  }
  const foreign = findings.find(({ kind }) => kind === "language");
  if (foreign) return none("LANGUAGE_UNKNOWN", lower(foreign.note), first);
  const cut = findings.find(({ kind }) => kind === "cut");
  if (cut) return none("DOCUMENT_TOO_LONG", lower(cut.note), first);

  const isNear = [bands.rejectBelow, bands.approveAbove].some((bound) => Math.abs(first.value - bound) <= margin);
  const contradicts = Math.abs(first.value - first.ownScore) > margin || partsDisagree(first, settings);
  if (!isNear && !contradicts) return usable(first);

  if (ledger.cost() * 2 > budget.perExecution)
    return none(
      "BUDGET_SPENT",
      `asking again would cost more than the ${budget.perExecution} dollars of one execution.`,
      first,
    );
  const second = await askOnce(TURN);
  if (!("valid" in second)) return { ...second, ...(second.fields ? {} : { fields: first.fields }) };
  if (second.suspicious) return none("DOCUMENT_SUSPICIOUS", "the document seems to speak to the model.", second);
  const spread = Math.abs(first.value - second.value);
  const both = { ...first, value: Math.round((first.value + second.value) / 2) };
  if (spread > margin || decideByBands(first.value, bands) !== decideByBands(second.value, bands))
    return none("SCORE_UNSTABLE", `asked twice, the model came to ${first.value} and ${second.value}.`, both);
  if (partsDisagree(both, settings) && partsDisagree(second, settings))
    return none("CRITERIA_DISAGREE", "a criterion is far below what the whole would approve.", both);
  return usable(both);

  function usable({ value, reasons, fields: read, summary }: Valid<Fields>) {
    return { usable: true as const, value, reasons, fields: read, summary, ...ledger.provenance(), findings };
  }
}

const partsDisagree = (
  { value, reasons }: { value: number; reasons: readonly { level: number }[] },
  { bands }: ScoringSettings,
) => decideByBands(value, bands) === "approved" && reasons.some(({ level }) => level < LOW);

/** Why an answer was not finished, if it was not. */
function stopOf({ stopReason }: ConverseCommandOutput): [NoScoreCode, string] | undefined {
  if (stopReason === "end_turn" || stopReason === "stop_sequence") return undefined;
  if (stopReason === "max_tokens") return ["ANSWER_CUT", "the model's answer was cut off."];
  return ["MODEL_REFUSED", `the model gave no judgement (${stopReason}).`];
}

const textOf = ({ output }: ConverseCommandOutput): string =>
  output?.message?.content?.map((block) => block.text ?? "").join("") ?? "";

const lower = (note: string) => note.charAt(0).toLowerCase() + note.slice(1);
