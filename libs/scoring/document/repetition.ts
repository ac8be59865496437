import { type Finding, finding } from "./finding.ts";

const WORDS = 5;
const FROM_WORDS = 60;
const SHARE = 0.35;
const SAME_LINE = 6;

/** The same over and over: a document that tries to weigh by its mass. */
export function findRepetition(text: string): Finding[] {
  const lines = new Map<string, number>();
  for (const line of text.toLowerCase().split(/[\n.!?]+/)) {
    const key = line.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
    if (key.length >= 12) lines.set(key, (lines.get(key) ?? 0) + 1);
  }
  const [most] = [...lines].sort(([, a], [, b]) => b - a);
  if (most && most[1] >= SAME_LINE)
    return [finding("repeated", `One sentence stands in the document ${most[1]} times.`, most[0])];

  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length >= FROM_WORDS) {
    const runs = words.slice(0, 1 - WORDS).map((_, index) => words.slice(index, index + WORDS).join(" "));
    const share = 1 - new Set(runs).size / runs.length;
    if (share > SHARE)
      return [
        finding("repeated", `${Math.round(share * 100)} % of the document's runs of ${WORDS} words are repetitions.`),
      ];
  }
  const [run] = /(.{1,4}?)\1{40,}/u.exec(text.replaceAll(/[-=_*#.\s|]+/g, " ")) ?? [];
  return run ? [finding("repeated", "The document repeats the same letters many times.", run)] : [];
}
