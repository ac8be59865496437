const QUOTED = /^["“«„]([^"”»“]{4,140})["”»“]/u;
/** What is set behind a title on the same line: where, when, how much, and the next sentence. */
const BEHIND = /\s*(?:;|\((?=[^)]*\d)|[,.] (?=(?:[A-Z]{3} ?\d|\d|[€£$]))|\.\s+(?=\p{Lu}\p{L}* )).*$/su;
const ENDS = /[\s.,;:]+$/;
const SHORTEST_TITLE = 4;

/** A title as it is measured: without its marks of quotation, what stands behind it, and the sign that ends it. People see it whole. */
export function titleAlone(said: string): string {
  const quoted = QUOTED.exec(said)?.[1];
  const cut = (quoted ?? said).replace(BEHIND, "").replace(ENDS, "");
  return cut.length >= SHORTEST_TITLE ? cut : said.replace(ENDS, "");
}
