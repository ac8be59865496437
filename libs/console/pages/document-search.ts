/** A document as words are looked for in it: what a model is not shown, and how lines are broken, makes no difference. */
export interface Searchable {
  /** Where a quotation stands in the document, from its `from`; undefined where it does not. */
  find(quotation: string): { from: number; to: number } | undefined;
}

/** Letters that nobody sees, and Markdown's and JSON's marks, which are stripped before a document is judged. */
const DROPPED = /[\p{Cf}\p{Co}*_~`"“”\\]/u;
/** Stands in a quotation for what of the applicant was not shown to the model. */
const REMOVED = "[removed]";
const LONGEST_REMOVED = 120;

export function searchable(text: string): Searchable {
  const { letters, places } = plain(text);
  return {
    find(quotation) {
      const parts = quotation
        .split(REMOVED)
        .map((part) => plain(part).letters.trim())
        .filter((part) => part !== "");
      const [first] = parts;
      if (first === undefined) return undefined;
      for (let begin = letters.indexOf(first); begin >= 0; begin = letters.indexOf(first, begin + 1)) {
        const end = follow(letters, parts.slice(1), begin + first.length);
        if (end !== undefined) return { from: places[begin] ?? 0, to: (places[end - 1] ?? 0) + 1 };
      }
      return undefined;
    },
  };
}

/** Where the parts end that stand behind one another, with little between them. */
function follow(letters: string, parts: readonly string[], from: number): number | undefined {
  let end = from;
  for (const part of parts) {
    const at = letters.indexOf(part, end);
    if (at < 0 || at - end > LONGEST_REMOVED) return undefined;
    end = at + part.length;
  }
  return end;
}

/** The letters that count, in lower case and with single spaces, and where in the text each of them stands. */
function plain(text: string): { letters: string; places: number[] } {
  const letters: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (DROPPED.test(letter)) continue;
    const isSpace = /\s/.test(letter);
    if (isSpace && letters.at(-1) === " ") continue;
    const lower = letter.toLowerCase();
    letters.push(isSpace ? " " : lower.length === 1 ? lower : letter);
    places.push(at);
  }
  return { letters: letters.join(""), places };
}
