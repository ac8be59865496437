import { vocabulary } from "./vocabulary.ts";

/** A role that the vocabulary knows and that stands somewhere in the text: one that somebody says to be, else the longest. */
export function titleOfWork(text: string): string | undefined {
  const { words, found } = known(text);
  const isSaid = (title: string) => (SAID.some((before) => words.includes(` ${before} ${plainly(title)} `)) ? 1 : 0);
  const title = found.sort((one, other) => isSaid(other) - isSaid(one) || other.length - one.length)[0];
  return title && asWritten(title, text);
}

/** All roles that the vocabulary knows in the text, in its own letters. */
export const titlesOfWork = (text: string): string[] => known(text).found.map((title) => asWritten(title, text));

const plainly = (said: string) => said.toLowerCase().replaceAll("-", "");

function known(text: string) {
  const words = ` ${plainly(text).replaceAll(/[^\p{L}\p{N}&+#]+/gu, " ")} `;
  const titles = vocabulary().occupations.flatMap(({ titles }) => titles);
  return { words, found: titles.filter((title) => words.includes(` ${plainly(title)} `)) };
}

/** The title in the text's own letters: `Backend developer` is one for `back-end developer`. */
function asWritten(title: string, text: string): string {
  const letters = title.split("").filter((letter) => letter !== "-" && letter !== " ");
  const pattern = letters.map((letter) => letter.replace(/[.*+?^${}()|[\]\\]/, "\\$&")).join("[-\\s]*");
  return new RegExp(pattern, "iu").exec(text)?.[0] ?? title;
}

const SAID = [
  "i m",
  "i am",
  "i m a",
  "i am a",
  "i m an",
  "i am an",
  "i work as",
  "work as a",
  "work as an",
  "as a",
  "as an",
];
