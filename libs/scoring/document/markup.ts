const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The text without HTML's and Markdown's marks; what it says, and its lines, labels and tables, stay. What a sentence sets off is quoted. */
export function stripMarkup(text: string): string {
  return text
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\s*\/?>/gi, "\n")
    .replaceAll(/<\/?[a-zA-Z][^<>\n]{0,300}>/g, " ")
    .replaceAll(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) =>
        name
          ? (ENTITIES[name.toLowerCase()] ?? whole)
          : characterOf(decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16), whole),
    )
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1")
    .replaceAll(
      /(?<=[\p{L}\d,] )(\*\*|__|\*|_)(?=\S)([^*_\n]{3,140}\s[^*_\n]{1,140}|[^*_\n]{8,140})(?<=\S)\1/gu,
      '"$2"',
    )
    .replaceAll(/\*\*|__|~~|`+/g, "")
    .replaceAll(/(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])/g, "")
    .replaceAll(/[ \t]+/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

const characterOf = (code: number, whole: string): string =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
