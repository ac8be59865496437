import type { RequestFields } from "./request.ts";

/** Paths of members, as in `employee.name`, by what they hold; spaces, hyphens and underscores do not count. */
const MEMBERS: [keyof RequestFields, RegExp][] = [
  ["applicantEmail", /(^|\.)(applicant|employee)?e?mail(address)?$/],
  [
    "applicantName",
    /(^|\.)(applicant|employee|requester|requestedby|participant|from)(\.?(full|first|last)?name)?$|^(full)?name$|(^|\.)(applicant|employee|requester|person)\.?(full|first|last)?name$/,
  ],
  ["role", /(^|\.)(applicant|employee|current|job)?(role|position|jobtitle|job|occupation|function|profession)$/],
  ["department", /(^|\.)(department|dept|team|unit|division)$/],
  ["provider", /(^|\.)(training|course)?(provider|vendor|organi[sz]er|school|institute)$/],
  [
    "dates",
    /(^|\.)(training)?(dates?|start(date)?|end(date)?|from|to|until|when|period|duration|days|location|place)$/,
  ],
  [
    "cost",
    /(^|\.)(total|estimated|training)?(costs?|price|fees?|amount|budget|currency)(\.(amount|value|currency|total))?(in)?(eur|usd)?$/,
  ],
  [
    "reasons",
    /(^|\.)(reasons?|motivation|justification|why|purpose|benefits?|goals?|explanation|background|businesscase|context|comment|text)$/,
  ],
  [
    "trainingTitle",
    /(^|\.)(requested)?(training|course|workshop|seminar|programme)(request)?(\.?(title|name|topic))?$|^(title|topic)$/,
  ],
];
const FEWEST_TEXTS = 4;
const FEWEST_WORDS = 8;
const NEEDED = ["applicantName", "role", "trainingTitle", "reasons"] as const;

/**
 * A request in another JSON shape than the contract's: flat, or with members of other names. It counts where who asks, role,
 * training and reasons are there; undefined otherwise. Members that are not known here weigh nothing.
 */
export function fieldsInOtherShape(value: unknown): RequestFields | undefined {
  if (isContractsShape(value)) return undefined;
  const found: Partial<Record<keyof RequestFields, string[]>> = {};
  for (const { path, text } of leavesOf(value)) {
    const field = MEMBERS.find(([, members]) => members.test(path))?.[0];
    if (field) found[field] = [...(found[field] ?? []), text];
  }
  if (NEEDED.some((field) => !found[field]?.join("").trim())) return undefined;
  const joined = (field: keyof RequestFields, by: string) => found[field]?.join(by) ?? null;
  return {
    applicantName: joined("applicantName", " "),
    applicantEmail: joined("applicantEmail", " "),
    role: joined("role", ", "),
    department: joined("department", ", "),
    trainingTitle: joined("trainingTitle", ": "),
    provider: joined("provider", ", "),
    cost: joined("cost", " "),
    dates: joined("dates", " to "),
    reasons: joined("reasons", " "),
  };
}

/**
 * JSON of another shape that says something all the same, in many members or in a sentence or two: it is judged as a text, and not
 * refused for its shape.
 */
export function isOthersText(value: unknown): boolean {
  const texts = leavesOf(value).filter(({ text }) => /\p{L}{3}/u.test(text));
  if (texts.length >= FEWEST_TEXTS) return !isContractsShape(value);
  const words = texts.flatMap(({ text }) => text.match(/\S*\p{L}\S*/gu) ?? []);
  return words.length >= FEWEST_WORDS && !hasContractsGroups(value);
}

/** What has the dates as the contract has them is meant to be its shape: it is told what is wrong. */
function isContractsShape(value: unknown): boolean {
  const { training } = (value ?? {}) as { training?: unknown };
  return typeof training === "object" && training !== null && ("startDate" in training || "endDate" in training);
}

/** With so little in it, what has the contract's groups is meant to be its shape too, and lacks the rest. */
function hasContractsGroups(value: unknown): boolean {
  const { applicant, training } = (value ?? {}) as { applicant?: unknown; training?: unknown };
  return [applicant, training].some((group) => typeof group === "object" && group !== null);
}

function leavesOf(value: unknown, path = ""): { path: string; text: string }[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, path));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => {
      const name = key.toLowerCase().replaceAll(/[\s_-]/g, "");
      return leavesOf(item, path === "" ? name : `${path}.${name}`);
    });
  }
  return value === null ? [] : [{ path, text: String(value) }];
}
