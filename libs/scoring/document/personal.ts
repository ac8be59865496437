/** What of a person may not weigh in a judgement of what they ask for. */
export type PersonalKind = "name" | "contact" | "age" | "sex" | "origin" | "religion" | "health" | "family";

export interface Contact {
  name?: string;
  email?: string;
}

/** Keys of JSON and labels of text that hold it. */
const LABELS: Record<PersonalKind, string> = {
  name: "(?:applicant|employee|requester|participant|candidate|person)(?:'?s)?(?:[ _.-]?(?:full)?[ _-]?name)?|(?:full|first|last|given|family|sur|nick)[ _-]?name|name|requested by|from|to|cc",
  contact:
    "e-?mail(?: ?address)?|mail|contact|phone|telephone|mobile|address|street|city|postcode|zip|linked ?in|personnel number|employee (?:id|number)|staff (?:id|number)",
  age: "age|date of birth|dateofbirth|birth ?date|birthday|born|dob|year of birth",
  sex: "sex|gender|pronouns?|salutation|title of address|form of address",
  origin:
    "nationality|citizenship|country of (?:birth|origin)|place of birth|birthplace|ethnicity|ethnic origin|race|native language|mother tongue|origin|migration background|skin colou?r",
  religion:
    "religion|faith|denomination|belief|church|political (?:views?|party)|union(?: member(?:ship)?)?|trade union",
  health: "health|disability|disabilities|medical (?:condition|history)|illness|pregnan\\w+|severely disabled",
  family: "marital status|family status|children|number of children|spouse|partner|sexual orientation|dependants",
};

/** How people say it of themselves in a sentence. */
const SAID: Record<PersonalKind, RegExp[]> = {
  name: [
    /(?<=\b(?:[Mm]y name is|I am called|[Tt]his is|I am|I'm|I’m)\s)\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’.-]+){1,3}/gu,
    /(?<=(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Ss]incerely|[Bb]est|[Cc]heers|[Yy]ours|[Ww]ishes)[^\n]{0,30}\n\s{0,6})\p{Lu}[\p{L}'’-]+(?:[ \t]\p{Lu}[\p{L}'’.-]+){0,3}(?=[ \t]*(?:\n|$|,))/gu,
  ],
  contact: [/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/gu, /(?<![\w.])\+\d[\d /()-]{7,}\d/g],
  age: [
    /\b(?:i am |i'm |aged? |turned |at (?:the age of )?)?(?:\d{2}|(?:twenty|thirty|forty|fifty|sixty)(?:-\w+)?)[ -]years?(?:[ -]old|[ -]of[ -]age)\b/gi,
    /\b(?:aged|at (?:the )?age (?:of )?|i am|i'm) \d{2}\b(?! (?:km|kilo|minutes|hours|days|weeks|percent|%))/gi,
    /\b(?:born (?:in|on) [^.,;\n]{4,20}|in my (?:early |mid |late |mid-)?(?:twenties|thirties|forties|fifties|sixties))/gi,
    /\b(?:as an? )?(?:older|elderly|young|younger|middle-aged)(?= (?:employee|colleague|worker|woman|man|person|mother|father|applicant))/gi,
  ],
  sex: [
    /(?<![\p{L}])(?:mr|mrs|ms|miss|sir|madam|herr|frau)\.?(?=\s\p{Lu})/giu,
    /\b(?:as an? )?(?:only |single |young |older )*(?:woman|man|female|male|girl|boy|lady|gentleman|mother|father|mum|dad|transgender|non-binary)\b(?:(?: employee| colleague| in (?:the|our) team))?/gi,
    /\b(?:he|she)\/(?:him|her)\b/gi,
  ],
  origin: [
    /\b(?:i (?:come|am|was born|moved here|immigrated|emigrated|fled) (?:originally )?(?:from|in)|originally from|native of|born and raised in|of) \p{Lu}[\p{L}-]+(?: (?:origin|descent|nationality))?(?=[\s,.;])/gu,
    /\b(?:foreigner|immigrant|migrant|refugee|asylum seeker|expat)\b(?=[^.\n]{0,20}\b(?:i|my|me)\b|[,.])/gi,
  ],
  religion: [
    /\b(?:i am|i'm|as an?|being an?) (?:practi[sc]ing |devout )?(?:muslim|christian|catholic|protestant|jew(?:ish)?|hindu|buddhist|sikh|atheist|orthodox|evangelical)\b/gi,
  ],
  health: [
    /\b(?:i am|i'm|i have|i've|i suffer|i was|my)\b[^.\n]{0,25}\b(?:pregnant|disabled|disability|diabet\w+|depress\w+|cancer|epilep\w+|autis\w+|adhd|dyslexi\w+|wheelchair|chronic\w*(?: \w+)?|illness|burn-?out|back pain|heart condition|hearing loss|visually impaired|maternity leave|parental leave)\b/gi,
  ],
  family: [
    /\b(?:i am|i'm|as an?|being an?) (?:recently |newly )?(?:married|divorced|widowed|single(?: parent| mother| father)?|engaged|gay|lesbian|bisexual)\b/gi,
    /\b(?:my|our) (?:husband|wife|spouse|son|daughter|kids|children|baby)\b/gi,
    /\b(?:i have|with|mother of|father of|parent of) (?:\w+ )(?:small |young |little )?(?:children|kids|sons|daughters)\b/gi,
  ],
};

const REMOVED = "[removed]";
const NO_NAME =
  /^(?:the|a|an|my|our|hr|human|training|request|department|team|manager|sir|madam|colleagues?|all|hello|hi|dear|thanks|regards|working|writing|currently|looking)$/i;

/** Who the applicant is, by what the document says: for the mail to them, and that they do not decide their own case. */
export function findContact(text: string): Contact {
  const [email] = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/u.exec(text) ?? [];
  const labelled = labelPattern(["name"]).exec(text.replaceAll(/^\s*(?:to|cc)\b.*$/gim, ""))?.[2];
  const said = SAID.name.map((way) => text.match(way)?.[0]).find((name) => name !== undefined);
  const name = (labelled ?? said)
    ?.replace(/<.*>|\(.*\)|[|"*_]/g, "")
    .replace(/[\w.+-]+@\S+/, "")
    .trim()
    .replace(/[,;]+$/, "");
  return { ...(name && name.length <= 80 && { name }), ...(email && { email }) };
}

/** The text without what may not weigh; its lines and their labels stay. */
export function removePersonal(text: string, kinds: readonly PersonalKind[]): string {
  if (kinds.length === 0) return text;
  let left = text.trim().startsWith("{") ? withoutKeys(text, kinds) : text;
  const names = kinds.includes("name") ? namesOf(findContact(text)) : [];
  left = left.replaceAll(
    labelPattern(kinds),
    (_, label: string, value: string) => `${label} ${REMOVED}${beside(label, value)}`,
  );
  for (const kind of kinds) for (const way of SAID[kind]) left = left.replaceAll(way, REMOVED);
  for (const name of names)
    left = left.replaceAll(new RegExp(`(?<![\\p{L}])${literally(name)}(?:'s|’s)?(?![\\p{L}])`, "gu"), REMOVED);
  return left;
}

/** What stands after a name, as the role in `Name: Ada Adler, nurse`, is no part of it. */
const beside = (label: string, value: string): string =>
  new RegExp(LABELS.name, "i").test(label) ? (/(?:,\s+(?!\S*@)|\s\((?!\S*@)).*$/.exec(value)?.[0] ?? "") : "";

/** The words of the applicant's name, as they and their address spell it. */
function namesOf({ name = "", email = "" }: Contact): string[] {
  const words = name.split(/[\s,]+/).filter((word) => /^\p{Lu}[\p{L}'’-]+$/u.test(word));
  const local = (email.split("@")[0] ?? "").split(/[._+-]/).filter((part) => /^[a-z]{3,}$/.test(part));
  const spelled = local.map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  return [...new Set([...words, ...spelled])].filter((word) => word.length > 2 && !NO_NAME.test(word));
}

const labelPattern = (kinds: readonly PersonalKind[]): RegExp =>
  new RegExp(
    `^([ \\t>*_#|-]*(?:${kinds.map((kind) => LABELS[kind]).join("|")})[*_ \\t]*(?:[:=|]|\\s[-–—]\\s)[*_]*)[ \\t]*(\\S[^\\n|]*)`,
    "gim",
  );

/** Members of these are no person's: a training has a name too, and dates a `from`. */
const THINGS = /training|course|workshop|seminar|provider|vendor|department|role|cost|price|date|schedule|period/i;

/** What is told of a person in an object of their own is sifted member by member: their role is no name. */
const isPerson = (name: string, value: unknown): boolean =>
  /^(?:applicant|employee|requester|participant|candidate|person)$/i.test(name) &&
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value);

const isEmpty = (value: unknown) => JSON.stringify(value) === "{}";

/** A JSON document without the members whose names tell that they hold it. */
function withoutKeys(text: string, kinds: readonly PersonalKind[]): string {
  const key = new RegExp(`^(?:${kinds.map((kind) => LABELS[kind]).join("|")})$`, "i");
  const spaced = (name: string) => name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").replaceAll(/[_-]/g, " ");
  const kept = (value: unknown, isThing: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => kept(item, isThing));
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).filter(
      ([name, item]) => isThing || isPerson(name, item) || !(key.test(spaced(name)) || key.test(name)),
    );
    const sifted = members.map(([name, item]) => [name, kept(item, isThing || THINGS.test(name))] as const);
    return Object.fromEntries(sifted.filter(([name, item]) => !(isPerson(name, item) && isEmpty(item))));
  };
  try {
    return JSON.stringify(kept(JSON.parse(text), false), null, 2);
  } catch {
    return text;
  }
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
