export interface Entry {
  label: string;
  value: string;
  isHeading: boolean;
}

const LABELLED = /^\s*(?:[-*•>]\s+|\d+[.)]\s+)?([\p{L}][\p{L} ./()'-]{0,38}?)\s*(?:[:=：]|\s[–—]\s)\s*(\S.*)?$/u;
/** Where one line holds several labels. */
const INLINE =
  /([.;,|])\s+(?=(?:role|position|department|training|course|provider|cost|price|dates?|reasons?|justification)\s*:)/gi;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/;
const ROW = /^\s*\|(.+)\|\s*$/;

/** What a text sets beside a label (`Role: driver`, a table's row, a heading with its paragraphs), and the rest, its prose. */
export function entriesOf(text: string): { entries: Entry[]; prose: string } {
  const entries: Entry[] = [];
  const prose: string[] = [];
  let open: Entry | undefined;
  for (const raw of text.replaceAll(INLINE, "$1\n").split("\n")) {
    const line = plain(raw);
    const row = ROW.exec(line)?.[1]
      ?.split("|")
      .map((cell) => cell.trim());
    const heading = HEADING.exec(raw.trim())?.[1];
    const labelled = LABELLED.exec(line);
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
      open = { label: labelled[1].trim(), value: labelled[2]?.trim() ?? "", isHeading: false };
      entries.push(open);
    } else if (line.trim() === "") {
      if (open && !open.isHeading && open.value !== "") open = undefined;
    } else if (open) {
      open.value = `${open.value} ${line.trim()}`.trim();
      if (open.isHeading) prose.push(line.trim());
    } else prose.push(line.trim());
  }
  return { entries, prose: prose.join("\n") };
}

/** A label is a few words; a sentence that happens to hold a colon is none. */
const isLabel = (label: string) => label.trim().split(/\s+/).length <= 5;

/** Without Markdown's emphasis and code marks. */
const plain = (line: string) => line.replaceAll(/\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)/g, "");
