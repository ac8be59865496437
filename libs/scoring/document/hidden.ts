import { type Finding, finding } from "./finding.ts";

/** Letters that nobody sees: zero-width and other format characters, controls of direction, tags, private use. */
const INVISIBLE = /(?:\p{Cf}|\p{Co}|\p{Default_Ignorable_Code_Point}|\u2800)+/gu;
/** A soft hyphen, a byte-order mark at the start and an emoji's joiner are what word processors leave behind. */
const HARMLESS =
  /\u00ad|^\ufeff|(?<=\p{Extended_Pictographic})\ufe0f|(?<=\p{Extended_Pictographic}\ufe0f?)\u200d(?=\p{Extended_Pictographic})/gu;
const CONTROLS = /[^\P{Cc}\n\t\r]+/gu;

/** Markup that a page would not show. */
const UNSEEN: [string, RegExp][] = [
  [
    "a comment",
    /<!--[\s\S]*?(?:-->|$)|\/\*[\s\S]*?\*\/|^\[\/\/\]:\s*#.*$|^\[[^\]\n]*\]:\s*#\s*[("'].*$|\{#[\s\S]*?#\}|%%.*%%/gm,
  ],
  [
    "text in an element that is not shown",
    /<(script|style|template|noscript|title|head|svg|object)\b[\s\S]*?(?:<\/\1\s*>|$)/gi,
  ],
  [
    "text that its style hides",
    /<(\w+)\b[^>]*(?:\bhidden\b|aria-hidden\s*=\s*["']?true|display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\b|font-size\s*:\s*(?:0?\.\d+|[0-3](?:\.\d+)?)(?:px|pt|%)?(?![\d.])(?!r?em)|color\s*:\s*(?:#(?:[ef]{3}|(?:[ef][0-9a-f]){3})\b|rgba?\(\s*2[45]\d\s*,\s*2[45]\d\s*,\s*2[45]\d|white|snow|ivory|transparent)|color\s*=\s*["']?(?:#fff(?:fff)?\b|white)|left\s*:\s*-\d{3,}|text-indent\s*:\s*-\d{3,}|max-height\s*:\s*0|clip\s*:)[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi,
  ],
  ["text beside a link or a picture", /!?\[[^\]\n]*\]\([^\s)]*\s+(?:"[^"\n]{12,}"|'[^'\n]{12,}')\s*\)/g],
  [
    "text in an attribute",
    /\b(?:alt|title|aria-label|content|data-[\w-]+|value|placeholder)\s*=\s*(?:"[^"]{12,}"|'[^']{12,}')/gi,
  ],
];

/** Takes out what a reader would not see, and tells what it was. */
export function revealHidden(text: string): { text: string; findings: Finding[] } {
  const findings: Finding[] = [];
  let seen = text.replaceAll(HARMLESS, "");
  const unseen = seen.match(INVISIBLE)?.join("") ?? "";
  if (unseen !== "") {
    const spelled = spelledByTags(unseen);
    const note = `The document holds ${[...unseen].length} characters that nobody sees.`;
    findings.push(finding("hidden", note, spelled));
    seen = seen.replaceAll(INVISIBLE, "");
  }
  seen = seen.replaceAll(CONTROLS, " ");
  for (const [what, pattern] of UNSEEN) {
    const [first] = seen.match(pattern) ?? [];
    if (first === undefined) continue;
    findings.push(finding("hidden", `The document holds ${what}, which a page would not show.`, first));
    seen = seen.replaceAll(pattern, " ");
  }
  return { text: seen, findings };
}

/** Unicode's tag characters can spell a text that no screen shows. */
const spelledByTags = (unseen: string): string =>
  [...unseen]
    .map((character) => (character.codePointAt(0) ?? 0) - 0xe0000)
    .filter((code) => code >= 0x20 && code < 0x7f)
    .map((code) => String.fromCodePoint(code))
    .join("");
