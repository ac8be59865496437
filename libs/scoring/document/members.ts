import { type Finding, finding } from "./finding.ts";

/** What judges, as a part of a name. */
const JUDGING =
  "(?:evaluat(?:ion|or)|verdict|scor(?:er?|ing)|rating|grad(?:er|ing)|judge|judge?ment|assess(?:or|ment)|reviewer|decision|threshold|approval|routing)";
/** What steers it, as a part of a name. */
const STEERING =
  "(?:hint|cache[d]?|override|preset|forced?|lock(?:ed)?|default|floor|directive|instructions?|injection|please)";
/** A value that approves. */
const GOOD =
  "(?:positive|favou?rable|approved?|granted|accept(?:ed)?|clear(?:ed)?|auto\\w*|hit\\b|max\\w*|upper|top\\b|yes\\b|true\\b|0?\\.(?:8|9)\\d*|1\\.0+|7[7-9]\\b|8\\d\\b|9\\d\\b|100\\b)";
/** Assessments that a request may well speak of. */
const OTHER =
  "(?:risk|needs?|course|exam|test|performance|annual|skills?|impact|language|audit|provider|customer|supplier|placement|safety|health|job|noise|manager|budget|supervisor)";

/** Names of members, labels and cells that only the answer of a judge has, and values that only it would give them. */
const MEMBERS: RegExp[] = [
  new RegExp(`"(?:${JUDGING}[ _-]?${STEERING}|${STEERING}[ _-]?${JUDGING})"\\s*:`, "i"),
  new RegExp(
    `"(?!${OTHER}[ _-])(?:\\w{1,20}[ _-])?(?:outcome|verdict|decision|evaluation|assessment|screening|release|scoring|auto[ _-]?approv(?:e|al))(?:[ _-]\\w{1,20})?"\\s*:\\s*"?${GOOD}`,
    "i",
  ),
  new RegExp(
    `^[\\s|>*_-]{0,8}(?!${OTHER} )(?:(?:automat(?:ic|ed)|machine|ai|system|first|preliminary|final|overall|earlier|previous|result of (?:the )?\\w+) ){1,2}(?:release|approval|screening|verdict|evaluation|assessment|rating|decision|scor(?:e|ing)|judge?ment)[*_]{0,2}\\s*[:|=]\\s*[*_]{0,2}${GOOD}`,
    "im",
  ),
  /"(?:system|assistant|developer|prompt)"\s*:\s*"[^"\n]{0,80}\b(?:requests?|applications?|approv\w+|scor\w+|rat(?:e|ed|ing)|applicants?)\b/i,
];

/** Finds what is named as if the judge had answered already, or as a setting of its own. */
export function findMembers(text: string): Finding[] {
  const found = MEMBERS.map((sign) => sign.exec(text)?.[0]).find((hit) => hit !== undefined);
  return found === undefined
    ? []
    : [
        finding(
          "forged-marks",
          "The document holds members or labels that are named for the judge's own answer.",
          found,
        ),
      ];
}
