import { placesOf } from "./space.ts";
import { dot } from "./vector.ts";
import { vocabulary } from "./vocabulary.ts";

/** Where one thing that is said ends and the next begins. */
const BREAKS = /\n+|\s[-–—·/|]\s|(?<=[.!?:])\s+|,\s+(?=[\p{Lu}\d])|["“”„«»]/u;
const [FEWEST_WORDS, MOST_WORDS] = [2, 14];
/** Names of places of learning, of people and units, greetings, dates, prices and addresses are no titles. */
const NO_TITLE =
  /@|\[removed\]|\b(?:institut\w*|school|academy|college|universit\w*|ltd|gmbh|inc|dear|hello|regards|sincerely|department|dept|team|hr|january|february|march|april|june|july|august|september|october|november|december|EUR|USD|GBP|applicant|request)\b|[€£$]/i;
/** So much of a title is written large. */
const LARGE_SHARE = 0.4;
const MOST_CANDIDATES = 40;
/** Below it what is written large is likelier a name. */
const LEAST_LIKENESS = 0.5;

/**
 * The training among what a text says, where neither a label nor a phrase tells: what is written like a title, and lies
 * nearest to what the vocabulary knows of trainings.
 */
export async function titleAmong(text: string, role: string | undefined): Promise<string | undefined> {
  const candidates = [...new Set(text.split(BREAKS).map((part) => part.replace(/^[\s*#>\d.)-]+|[\s.,;:]+$/g, "")))]
    .filter((part) => isTitleLike(part) && part.toLowerCase() !== role?.toLowerCase())
    .slice(0, MOST_CANDIDATES);
  const { occupations, transversal, leisure } = vocabulary();
  const known = [...occupations.flatMap(({ skillPlaces }) => skillPlaces), ...transversal, ...leisure];
  const places = await placesOf(candidates);
  const told = candidates.map((title, index) => ({
    title,
    likeness: known.reduce((most, one) => Math.max(most, dot(one, places[index] ?? one)), 0),
  }));
  const best = told.sort((one, other) => other.likeness - one.likeness)[0];
  return best && best.likeness >= LEAST_LIKENESS ? best.title : undefined;
}

function isTitleLike(part: string): boolean {
  const words = part.match(/[\p{L}\p{N}][\p{L}\p{N}/+&.'’-]*/gu) ?? [];
  if (words.length < FEWEST_WORDS || words.length > MOST_WORDS || NO_TITLE.test(part)) return false;
  const telling = words.filter((word) => word.length > 3 || /^\p{Lu}/u.test(word));
  return telling.filter((word) => /^[\p{Lu}\d]/u.test(word)).length >= telling.length * LARGE_SHARE;
}
