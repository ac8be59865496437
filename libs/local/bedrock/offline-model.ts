import { ATTEMPT, likeliestAttempt, ODD } from "./attempts.ts";
import { judge } from "./criteria.ts";
import { draftOffline, readDrafting } from "./drafting.ts";
import { fieldsOf, readRequest } from "./fields.ts";
import { speaksOfJudging } from "./odd-words.ts";
import { type Asked, readPrompt } from "./prompt.ts";
import { spokenIn } from "./reading/passages.ts";
import { type ConverseRequest, textOf } from "./request.ts";
import { suspicionOf } from "./suspicion.ts";
import { worthOf } from "./worth.ts";

/** The id of the stand-in. It is no language model: it reads fields by rules and compares meanings by sentence embeddings. */
export const OFFLINE_MODEL = "longhaul-offline";

const CANNOT =
  "This is longhaul-offline, Longhaul's stand-in for a model. It judges documents by a rubric and a JSON schema, fills in outlines, and can nothing else.";

/** Answers a Converse request as the stand-in. Tokens are estimated, four characters each. */
export async function answerOffline(input: ConverseRequest) {
  const started = performance.now();
  const asked = readPrompt(input);
  const drafting = asked ? undefined : readDrafting(input);
  const text = asked
    ? JSON.stringify(await judgement(asked))
    : drafting
      ? JSON.stringify(draftOffline(drafting))
      : CANNOT;
  const characters =
    textOf(input.system ?? []).length + input.messages.reduce((sum, { content }) => sum + textOf(content).length, 0);
  const [inputTokens, outputTokens] = [tokens(characters), tokens(text.length)];
  return {
    output: { message: { role: "assistant", content: [{ text }] } },
    stopReason: "end_turn",
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: Math.round(performance.now() - started) },
  };
}

const tokens = (characters: number) => Math.ceil(characters / 4);

async function judgement({ rubric, document, fields }: Asked) {
  const { facts, reading } = await readRequest(document);
  const titles = [facts.training, facts.role, facts.department].filter((title) => title !== undefined);
  const spoken = spokenIn(document);
  const attempt = await likeliestAttempt(spoken, titles);
  const isOdd = (attempt?.chance ?? 0) > ODD || speaksOfJudging(spoken);
  const read = { facts, worth: await worthOf(document, reading), isOdd };
  const judged = await Promise.all(rubric.criteria.map((criterion) => judge(criterion, read)));
  const criteria = judged.map((one) => ({ ...one, quotation: verbatim(document, one.quotation) }));
  const weights = rubric.criteria.map(({ weight }) => (typeof weight === "number" ? weight : 1));
  const whole = criteria.reduce((sum, { level }, index) => sum + level * (weights[index] ?? 1), 0);
  const suspicion =
    suspicionOf(document) ??
    (attempt && attempt.chance > ATTEMPT
      ? `it seems to speak to whoever judges it: "${attempt.sentence.slice(0, 200)}"`
      : undefined);
  return {
    fields: fieldsOf(fields, facts),
    criteria,
    score: Math.round(whole / weights.reduce((sum, weight) => sum + weight, 0)),
    summary: `Judged by the offline model: ${facts.training ?? "a training that is not named"}, for ${facts.role ?? "a role that is not named"}.`,
    suspicious: suspicion !== undefined,
    suspicion: suspicion ?? null,
  };
}

/** A quotation as it stands in the document, or none. */
function verbatim(document: string, quotation: string | null): string | null {
  const words = quotation?.trim().split(/\s+/) ?? [];
  if (words.length === 0 || words[0] === "") return null;
  const pattern = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  return new RegExp(pattern, "iu").exec(document)?.[0] ?? null;
}
