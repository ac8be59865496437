import { basename } from "node:path";
import { OFFLINE_MODEL } from "#local";
import type { Converse } from "#scoring";
import { sentencesOf } from "../../libs/local/bedrock/attempts.ts";
import type { LabelledSentence } from "../../libs/local/bedrock/attempts-calibration.ts";
import type { Labelled } from "../../libs/local/bedrock/chances.ts";
import { factsByRules, readRequest } from "../../libs/local/bedrock/fields.ts";
import { readPrompt } from "../../libs/local/bedrock/prompt.ts";
import type { ReadingWeights } from "../../libs/local/bedrock/reading/choose.ts";
import { spokenIn } from "../../libs/local/bedrock/reading/passages.ts";
import type { MarkedRequest } from "../../libs/local/bedrock/reading/reading-calibration.ts";
import { ConverseRequest } from "../../libs/local/bedrock/request.ts";
import { tellingWords } from "../../libs/local/bedrock/said.ts";
import { requestMeasures } from "../../libs/local/bedrock/worth.ts";
import { judge } from "../eval/judge.ts";
import { type Case, loadSet } from "../eval/set.ts";
import { openSets } from "./inputs.ts";
import { readings } from "./readings.ts";

const OUTCOMES = ["reject", "grey", "approve"];

interface Read extends Case {
  /** As the workflow gives it to the model. */
  prepared: string;
}

/** The labelled requests that may be calibrated on, as far as they are in English. */
async function readAll(): Promise<Read[]> {
  const files = await openSets();
  const cases = (await Promise.all(files.map((file) => loadSet(file, basename(file, ".jsonl"))))).flat();
  const read: Read[] = [];
  for (const one of cases) {
    const prepared = await preparedOf(one);
    if (prepared !== undefined) read.push({ ...one, prepared });
  }
  return read;
}

let all: Promise<Read[]> | undefined;
const requests = (): Promise<Read[]> => {
  all ??= readAll();
  return all;
};
const inGoodFaith = async () => (await requests()).filter(({ attack }) => attack === undefined);

/** The requests in which the role and the training are marked. */
export async function markedRequests(): Promise<(MarkedRequest & { part: string })[]> {
  const marked = await readings();
  return (await requests()).flatMap(({ part, id, prepared }) => {
    const reading = marked.get(`${part}/${id}`);
    return reading ? [{ ...reading, part, document: prepared, ruled: factsByRules(prepared) }] : [];
  });
}

/** The words of the requests in good faith that may weigh by themselves. */
export const requestWords = async (): Promise<string[]> =>
  tellingWords((await inGoodFaith()).map(({ prepared }) => prepared));

/** What is measured of the requests, with what is wanted; each read by the weights for its set. */
export async function labelledRequests(
  weightsFor: (part: string) => ReadingWeights,
  words: readonly string[],
): Promise<(Labelled & { part: string })[]> {
  const labelled: (Labelled & { part: string })[] = [];
  for (const { label, part, prepared } of await inGoodFaith()) {
    const { reading } = await readRequest(prepared, weightsFor(part));
    const measured = (await requestMeasures(prepared, reading, words))?.measured;
    if (measured) labelled.push({ part, measured, outcome: OUTCOMES.indexOf(label) });
  }
  return labelled;
}

/** What people say who only ask for what they ask for. */
export const plainSentences = async (): Promise<LabelledSentence[]> => {
  const sentences = (await inGoodFaith()).flatMap(({ prepared }) => sentencesOf(spokenIn(prepared)));
  return [...new Set(sentences)].map((text) => ({ label: "plain", text }));
};

const NO_ANSWER: Awaited<ReturnType<Converse>> = {
  $metadata: {},
  output: { message: { role: "assistant", content: [{ text: "{}" }] } },
  stopReason: "end_turn",
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
  metrics: { latencyMs: 0 },
};

/** What the model would be shown; nothing is judged. */
async function preparedOf(one: Case): Promise<string | undefined> {
  let document: string | undefined;
  const converse: Converse = async (request) => {
    const { modelId: _, ...input } = JSON.parse(JSON.stringify(request)) as Record<string, unknown>;
    document ??= readPrompt(ConverseRequest.parse(input))?.document;
    return NO_ANSWER;
  };
  const { flags } = await judge(one, { converse, modelId: OFFLINE_MODEL });
  return flags.includes("language") ? undefined : document;
}
