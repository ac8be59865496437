import { allSaid } from "../phrases.ts";
import { titleAlone } from "../title-alone.ts";
import { titlesOfWork } from "../titles-of-work.ts";
import { type Passage, passagesOf } from "./passages.ts";

/** Words of a document that may name a role or a training, and where they stand. */
export interface Span {
  text: string;
  passage: Passage;
  /** Whether they are all of their passage. */
  isWhole: boolean;
  before: string;
  after: string;
  /** Where the passage stands, from 0 to 1. */
  at: number;
}

const BREAKS = /\n+|[;•·|*]|\s[-–—/]\s|(?<=[.!?:])\s+|,\s+|\s*[()[\]]\s*|["“”„«»]|\.$/;
const SENTENCES = /\n+|[;•|*]|\s[-–—/]\s|(?<=[.!?])\s+|["“”„«»]/;
const [MOST_WORDS, MOST_OF_WHOLE] = [12, 18];
const BESIDE = 45;
const MOST_SPANS = 90;
/** What stands before the name of somebody's work in a sentence. */
const ROLE_CUE =
  /\b(?:as an?|as|as the|as our|I['’]?m an?|I['’]?m the|I['’]?m|I am an?|I am the|I am|is an?|is our|is the|was an?|who is|work(?:s|ing)? (?:as|in|on|at)(?: an?| the| our)?|employed as(?: an?)?|our|my|for our|for the|for|am|been an?|become an?|been|new|the|an?|in)\s+/gi;
const ROLE_ENDS =
  /(?:\s+(?:in|at|for|with|on|who|since|from|here|and|but|of the|of our|based|working|responsible|I|by|within|looking|writing|requesting|asking|applying|now|to|has|is|was|have|had|will|would|can|that|which|because|so|as|team|department|every|each|there|we|this|last|next)\b|[,;:.\n(–—!?"“”]|$)/;

/** How many words a role has at the most where a sentence names it, and within how many letters it ends. */
const [LONGEST_ROLE, FARTHEST_END] = [5, 70];

/** All words of a document that may be meant, in its order: whole values, their parts, and what phrases and the vocabulary point at. */
export function spansOf(document: string): Span[] {
  const passages = passagesOf(document);
  const found = new Map<string, Span>();
  const add = (text: string, passage: Passage, index: number, isWhole = false) => {
    const plain = text.replace(/^[\s*#>.,:;'‘’"-]+|[\s.,:;'‘’"*-]+$/gu, "").replaceAll(/\s+/g, " ");
    const words = plain.split(" ").length;
    if (!/\p{L}{2}/u.test(plain) || words > (isWhole ? MOST_OF_WHOLE : MOST_WORDS) || /\[removed\]|@/.test(plain))
      return;
    const key = plain.toLowerCase();
    if (found.has(key)) return;
    const from = passage.value.indexOf(plain);
    found.set(key, {
      text: plain,
      passage,
      isWhole,
      before: from < 0 ? "" : passage.value.slice(Math.max(0, from - BESIDE), from),
      after: from < 0 ? "" : passage.value.slice(from + plain.length, from + plain.length + BESIDE),
      at: passages.length < 2 ? 0 : index / (passages.length - 1),
    });
  };
  for (const [index, passage] of passages.entries()) {
    const { value } = passage;
    if (passage.kind !== "prose" || !isSeveral(value)) add(titleAlone(value), passage, index, true);
    for (const chunk of value.split(BREAKS)) add(chunk, passage, index);
    for (const chunk of value.split(SENTENCES)) add(titleAlone(chunk), passage, index);
    for (const said of allSaid(value, ["role", "training"])) add(said, passage, index);
    for (const { 0: cue, index: at } of value.matchAll(ROLE_CUE)) {
      const rest = value.slice(at + cue.length, at + cue.length + FARTHEST_END);
      const said = rest.slice(0, ROLE_ENDS.exec(rest)?.index ?? rest.length);
      if (said.split(/\s+/).length <= LONGEST_ROLE) add(said, passage, index);
    }
    for (const title of titlesOfWork(value)) add(title, passage, index);
  }
  return [...found.values()].slice(0, MOST_SPANS);
}

/** `IRATA Level 1 - VerticalAndes - 5 days` is several things on one line, and no title. */
const isSeveral = (line: string): boolean => line.split(/\s[-–—·|]\s/).length > 2;
