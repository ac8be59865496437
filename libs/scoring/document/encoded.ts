import { type Finding, finding } from "./finding.ts";

/** Runs of text that can only be meant for a machine. Each is decoded to see whether it says something. */
const CODES: [string, RegExp, (run: string) => string][] = [
  [
    "base64",
    /(?<![\w+/=])(?:[A-Za-z0-9+/]{24,}={0,2}|[A-Za-z0-9_-]{40,}={0,2})(?![\w+/=])/g,
    (run) => Buffer.from(run, "base64").toString("utf8"),
  ],
  [
    "hexadecimal",
    /(?<!\w)(?:[\da-f]{2}[\s:]?){16,}(?!\w)/gi,
    (run) => Buffer.from(run.replaceAll(/[\s:]/g, ""), "hex").toString("utf8"),
  ],
  [
    "escapes",
    /(?:%[\da-f]{2}[\w]{0,3}){8,}|(?:\\u[\da-f]{4}){5,}|(?:\\x[\da-f]{2}){8,}|(?:&#x?[\da-f]{2,5};){6,}/gi,
    (run) => run,
  ],
  ["binary digits", /(?:[01]{8}\s*){6,}/g, (run) => run],
  ["Morse code", /(?:[.-]{1,5}[ /]+){12,}/g, (run) => run],
  ["letters one by one", /(?:(?<!\S)\p{L}[ .\-_*]{1,4}){9,}\p{L}(?!\S)/gu, (run) => run],
  [
    "pictures in place of words",
    /(?:[👍✅🥇🏆🆗🔓][\s➡→=>]{0,4}){0,4}[🤖💯](?:[\s➡→=>]{0,4}[🤖💯👍✅🥇🏆🆗🔓]){2,}/gu,
    (run) => run,
  ],
];

/** Codes of a word or two, which order numbers and parts' names look like: they tell only by what they say. */
const SHORT: [string, RegExp, (run: string) => string][] = [
  [
    "base64",
    /(?<![\w+/=@.-])[A-Za-z0-9+/]{11,40}={0,2}(?![\w+/=@-])/g,
    (run) => Buffer.from(run, "base64").toString("utf8"),
  ],
  [
    "hexadecimal",
    /(?<![\w:-])(?:[\da-f]{2}[\s:]?){4,16}(?![\w:-])/gi,
    (run) => Buffer.from(run.replaceAll(/[\s:]/g, ""), "hex").toString("utf8"),
  ],
  [
    "binary digits",
    /(?<!\d)(?:[01]{8}\s{0,2}){3,8}(?!\d)/g,
    (run) => String.fromCodePoint(...(run.match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))),
  ],
];
/** What a code of a word or two would say to a judge. */
const VERDICT =
  /^(?=[\x20-\x7e]+$).*(?:approv|accept|grant|verdict|scor|rat(?:e|ing)|mark|grade|level|pass|clear|fit|match|full|top|max|yes|\bok\b)/is;

/** Words that any English text has, each way round: a text that has them only once it is turned was turned on purpose. */
const PLAIN =
  /\b(?:the|and|this|you|instructions?|approve|request|score|ignore|previous|all|please|for|with|that|give|points|must|should)\b/gi;

/** One may be a formula's sign beside a word. */
const FEWEST_MIXED = 2;

/** Text in a code: base64, hexadecimal, rotated or reversed letters, spelled apart. */
export function findEncoded(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const [code, pattern, decode] of CODES) {
    for (const [run] of text.matchAll(pattern)) {
      const says = decode(run);
      // An order number, a part's name or an address is no code: it mixes no cases and says nothing.
      if (code === "base64" && !isReadable(says) && !/[A-Z].*[a-z].*\d|\d.*[a-z].*[A-Z]/.test(run)) continue;
      if (code === "hexadecimal" && !isReadable(says)) continue;
      findings.push(finding("encoded", `The document holds text in a code (${code}).`, isReadable(says) ? says : run));
      break;
    }
  }
  for (const [code, pattern, decode] of SHORT)
    for (const [run] of text.matchAll(pattern)) {
      const note = `The document holds text in a code (${code}).`;
      if (VERDICT.test(decode(run)) && !findings.some((one) => one.note === note))
        findings.push(finding("encoded", note, decode(run)));
    }
  const mixed = (text.match(/\p{L}{4,40}/gu) ?? []).filter(
    (word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word),
  );
  if (mixed.length >= FEWEST_MIXED)
    findings.push(finding("encoded", "The document holds words in the letters of two alphabets.", mixed.join(" ")));
  const turned = [rotated(text), [...text].reverse().join("")];
  for (const line of turned.flatMap((way) => way.split(/[\n.!?]/)))
    if (new Set(line.toLowerCase().match(PLAIN)).size >= 3) {
      findings.push(finding("encoded", "The document holds turned or shifted letters.", line));
      break;
    }
  return findings;
}

const isReadable = (text: string): boolean =>
  text.length >= 8 && (text.match(/[\p{L}\s.,!?'-]/gu)?.length ?? 0) / text.length > 0.85 && !text.includes("\ufffd");

const rotated = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const first = letter <= "Z" ? 65 : 97;
    return String.fromCodePoint(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
