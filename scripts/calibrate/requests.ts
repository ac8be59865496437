import { converseOffline, OFFLINE_MODEL } from "#local";
import type { Converse } from "#scoring";
import { sentencesOf } from "../../libs/local/bedrock/attempts.ts";
import type { LabelledSentence } from "../../libs/local/bedrock/attempts-calibration.ts";
import type { Labelled } from "../../libs/local/bedrock/chances.ts";
import { readFacts } from "../../libs/local/bedrock/fields.ts";
import { motiveOf } from "../../libs/local/bedrock/motive.ts";
import { readPrompt } from "../../libs/local/bedrock/prompt.ts";
import { ConverseRequest } from "../../libs/local/bedrock/request.ts";
import { requestMeasures } from "../../libs/local/bedrock/worth.ts";
import { judge } from "../eval/judge.ts";
import { type Case, loadSet } from "../eval/set.ts";
import { openSets } from "./inputs.ts";

const OUTCOMES = ["reject", "grey", "approve"];

interface Read extends Case {
  /** As the workflow gives it to the model. */
  prepared: string;
}

/** The labelled requests in good faith that may be calibrated on, as far as they are in English. */
async function requests(): Promise<Read[]> {
  const files = await openSets();
  const cases = (await Promise.all(files.map((file) => loadSet(file, "open")))).flat();
  const read: Read[] = [];
  for (const one of cases.filter(({ attack }) => attack === undefined)) {
    const prepared = await preparedOf(one);
    if (prepared !== undefined) read.push({ ...one, prepared });
  }
  return read;
}

/** What is measured of the requests, with what is wanted. */
export async function labelledRequests(): Promise<Labelled[]> {
  const labelled: Labelled[] = [];
  for (const { label, prepared } of await requests()) {
    const facts = await readFacts(prepared);
    const measured = (await requestMeasures(facts, await motiveOf(facts.reasons)))?.measured;
    if (measured) labelled.push({ measured, outcome: OUTCOMES.indexOf(label) });
  }
  return labelled;
}

/** What people say who only ask for what they ask for. */
export const plainSentences = async (): Promise<LabelledSentence[]> => {
  const sentences = (await requests()).flatMap(({ prepared }) => sentencesOf(prepared));
  return [...new Set(sentences)].map((text) => ({ label: "plain", text }));
};

async function preparedOf(one: Case): Promise<string | undefined> {
  let document: string | undefined;
  const converse: Converse = (request, options) => {
    const { modelId: _, ...input } = JSON.parse(JSON.stringify(request)) as Record<string, unknown>;
    document ??= readPrompt(ConverseRequest.parse(input))?.document;
    return converseOffline(request, options);
  };
  const { flags } = await judge(one, { converse, modelId: OFFLINE_MODEL });
  return flags.includes("language") ? undefined : document;
}
