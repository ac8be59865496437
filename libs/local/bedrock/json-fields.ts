import type { Concept, Facts } from "./fields.ts";

/** Paths of keys, as in `training.title`, that hold a concept; the first that is there counts. */
const PATHS: [Concept, RegExp][] = [
  ["email", /(^|\.)e-?mail(address)?$/i],
  [
    "person",
    /^(applicant|employee|requester|person)(\.(full)?name)?$|^(full)?name$|(^|\.)(applicant|employee|requester|person|participant)\.(full)?name$/i,
  ],
  ["role", /(^|\.)(current|job)?(role|position|job(title)?|occupation|function|profession)$/i],
  ["department", /(^|\.)(department|dept|team|unit|division)$/i],
  [
    "training",
    /^(training|course|workshop|seminar)(\.?(title|name|subject|topic))?$|(^|\.)(training|course|workshop|seminar|programme|program)(\.?(title|name|subject|topic))?$|^title$|^subject$/i,
  ],
  ["provider", /(^|\.)(provider|vendor|organi[sz]er|school|institute|heldby)$/i],
  [
    "reasons",
    /(^|\.)(reasons?|motivation|justification|why|purpose|benefits?|explanation|background|businesscase|goals?|context|comment)$/i,
  ],
];

/** As many words are a sentence. */
const FEWEST_WORDS = 8;

/** The facts of a JSON request, whatever its shape: found by the names of its keys. */
export function fromJson(value: unknown): Facts {
  const leaves = flatten(value);
  const facts: Facts = {};
  for (const [concept, path] of PATHS) {
    const values = leaves.filter((leaf) => path.test(leaf.path.replaceAll(/[_\s]/g, ""))).map((leaf) => leaf.value);
    if (values[0]) facts[concept] = concept === "reasons" ? values.join(" ") : values[0];
  }
  // Whatever its key: who writes sentences says why.
  const sentences = leaves.filter(({ value }) => value.split(/\s+/).length >= FEWEST_WORDS).map(({ value }) => value);
  if (!facts.reasons && sentences.length > 0) facts.reasons = sentences.join(" ");
  // A cost centre is no price, and of several amounts the first counts: two numbers side by side would read as one.
  const cost = leaves.filter(
    ({ path }) => /cost|price|fee|amount|budget|currency/i.test(path) && !/cost[-_ ]?cent(?:re|er)/i.test(path),
  );
  const amount = cost.find(({ value }) => /\d/.test(value));
  const currency = cost.find(({ path }) => /currency/i.test(path));
  const stated = [amount ?? cost[0], currency === amount ? undefined : currency].filter((one) => one !== undefined);
  if (stated.length) facts.cost = stated.map((leaf) => leaf.value).join(" ");
  const dates = leaves.filter(({ path }) => /date|(^|\.)(start|end|from|to|when)$/i.test(path));
  if (dates.length) facts.dates = dates.map((leaf) => leaf.value).join(" to ");
  return facts;
}

/** Every string and number with the path of keys that leads to it; a list's items share the list's path. */
function flatten(value: unknown, path = ""): { path: string; value: string }[] {
  if (typeof value === "string" || typeof value === "number") return [{ path, value: String(value).trim() }];
  if (Array.isArray(value)) return value.flatMap((item) => flatten(item, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => flatten(item, path ? `${path}.${key}` : key));
}
