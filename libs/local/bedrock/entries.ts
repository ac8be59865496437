export interface Entry {
  label: string;
  value: string;
  isHeading: boolean;
}

const LABELLED =
  /^\s*(?:[-*•>]\s+|\d+[.)]\s+)?([\p{L}][\p{L} .,_/()'-]{0,48}?)\s*(?:[:=：]|\s[–—]\s|\s\.{3,})\s*(\S.*)?$/u;
/** `Why now?` over a paragraph, and `Role Nurse` where bold type stood for the colon. */
const ASKED = /^\s*(?:\d+[.)]\s+)?((?:what|who|where|when|why|how much)(?: \p{L}+){0,3})\s*\?\s*(\S.*)?$/iu;
const BARE =
  /^\s*(?:[-*•>]\s+)?(name|applicant|who|role|position|job|department|team|course|training|what|why|when|where|provider|costs?|price|dates?)\s+(\S.*)$/iu;
/** Where one line holds several labels. */
const INLINE =
  /([.;,|]|(?<!\d)\))[ \t]+(?=(?:name|e-?mail|who|what|where|when|why|role|position|job|occupation|department|team|training|course|title|provider|cost|price|fee|dates?|period|reasons?|justification|motivation|background|because|wants)\s*:)/gi;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/;
const ROW = /^\s*\|(.+)\|\s*$/;

/** What a text sets beside a label (`Role: driver`, a table's row, a heading with its paragraphs), and the rest, its prose. */
export function entriesOf(text: string): { entries: Entry[]; prose: string } {
  const entries: Entry[] = [];
  const prose: string[] = [];
  let open: Entry | undefined;
  for (const raw of text.replaceAll(INLINE, "$1\n").split("\n")) {
    if (/^\s*[=-]{3,}\s*$/.test(raw)) {
      if (!open?.isHeading) open = undefined;
      continue;
    }
    const line = plain(raw);
    const row = ROW.exec(line)?.[1]
      ?.split("|")
      .map((cell) => cell.trim());
    const heading = HEADING.exec(raw.trim())?.[1];
    const labelled = LABELLED.exec(line) ?? ASKED.exec(line) ?? bareLabel(line);
    if (row) {
      const [label = "", ...values] = row;
      if (/[\p{L}]/u.test(label)) entries.push({ label, value: values.join(" ").trim(), isHeading: false });
      open = undefined;
    } else if (heading !== undefined) {
      const [label = "", value = ""] = plain(heading).split(/:\s+/, 2);
      open = { label: value ? plain(heading) : label, value: "", isHeading: true };
      entries.push(open);
      if (value) entries.push({ label, value, isHeading: false });
    } else if (labelled?.[1] && isLabel(labelled[1])) {
      open = { label: labelled[1].replaceAll("_", " ").trim(), value: labelled[2]?.trim() ?? "", isHeading: false };
      entries.push(open);
    } else if (line.trim() === "") {
      if (open && !open.isHeading && open.value !== "") open = undefined;
    } else if (open && goesOn(open, line)) {
      open.value = `${open.value} ${line.trim()}`.trim();
      if (open.isHeading) prose.push(line.trim());
    } else prose.push(line.trim());
  }
  return { entries, prose: prose.join("\n") };
}

/** A label is a few words; a sentence that happens to hold a colon is none. */
const isLabel = (label: string) => label.trim().split(/\s+/).length <= 6;

/** Without Markdown's emphasis and code marks. */
const plain = (line: string) => line.replaceAll(/\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)/g, "");

function bareLabel(line: string): RegExpExecArray | null {
  const found = BARE.exec(line);
  return found && /^[\p{Lu}\d"“]/u.test(found[2] ?? "") && /^\s*(?:[-*•>]\s+)?\p{Lu}/u.test(line) ? found : null;
}

/** Whether a line belongs to the label above it: a price or a date is one line, a sentence in small letters goes on. */
const goesOn = ({ label, value, isHeading }: Entry, line: string): boolean =>
  isHeading ||
  value === "" ||
  /^\s*\p{Ll}/u.test(line) ||
  !/\b(?:role|position|job|title|department|team|unit|provider|vendor|organi[sz]er|costs?|price|fees?|budget|dates?|when|start|end|period|e-?mail|mail)\b/i.test(
    label,
  );
