import { type Finding, finding } from "./finding.ts";

/** What judges, as a part of a name. */
const JUDGING =
  "(?:evaluat(?:ion|or)|verdict|scor(?:er?|ing)|rating|grad(?:er|ing)|judge|judge?ment|assess(?:or|ment)|reviewer|decision|threshold|approval|routing)";
/** What steers it, as a part of a name. */
const STEERING = "(?:hint|cached?|override|preset|forced?|lock(?:ed)?|default|floor|directive|instructions?|please)";
/** A value that approves, and nothing more. */
const APPROVED =
  "(?:positive|favou?rable|approved?|granted|accept(?:ed)?|cleared|auto|hit|max(?:imum)?|top|yes|true|0?\\.[89]\\d*|1\\.0+|7[7-9]|8\\d|9\\d|100)(?=\\s*(?:[\"'.,;:(}|*/\\n]|$|by\\b))";
/** Judging that is somebody else's, of something else. */
const OTHER =
  "(?:risk|needs?|course|exam|test|performance|annual|skills?|impact|language|audit|provider|customer|supplier|placement|safety|health|job|noise|manager|budget|supervisor|press|board|hr)";

/** Names of members, labels and cells that only a judge's answer or its settings have, with what only a judge would put there. */
const MEMBERS: RegExp[] = [
  new RegExp(`"(?:${JUDGING}[ _-]?${STEERING}|${STEERING}[ _-]?${JUDGING})"\\s*:`, "i"),
  /"(?:prior|previous|earlier|reviewer|evaluator|assessor|ai|model|machine|tool|auto\w{0,8}|suggested|proposed|computed)[ _-]?(?:score|verdict|rating|points|judge?ment)"\s*:/i,
  /"[\w-]{0,16}(?:reader|machine|parser|model|ai|llm|bot)[ _-](?:hint|note|directive|instructions?|info|text)"\s*:/i,
  /"(?:min|minimum|floor|target|final|required|expected|guaranteed)[ _-]?(?:score|rating|points)"\s*:\s*"?(?:7[7-9]|8\d|9\d|100)\b/i,
  /\b(?:EXEMPT|EXCLUDED|FREE|WAIVED)[_-](?:FROM[_-])?(?:SCORING|RATING|REVIEW|EVALUATION|ASSESSMENT|CHECK)\b|\b(?:SCORING|RATING|EVALUATION|ASSESSMENT)[_-](?:EXEMPT|WAIVED|BYPASS(?:ED)?|SKIP(?:PED)?|OFF)\b/,
  /^[\s|>*_-]{0,8}(?:points|score|mark|rating)s? (?:given|awarded|assigned|reached)[*_]{0,2}\s*[:|=]\s*[*_]{0,2}(?:7[7-9]|8\d|9\d|100)\b/im,
  new RegExp(
    `"(?!${OTHER}[ _-])(?:\\w{1,20}[ _-])?(?:outcome|verdict|decision|evaluation|assessment|screening|scoring|auto[ _-]?(?:approv(?:e|al)|release))(?:[ _-]\\w{1,20})?"\\s*:\\s*"?${APPROVED}`,
    "i",
  ),
  new RegExp(
    `^[\\s|>*_-]{0,8}(?:automat(?:ic|ed)|machine|ai|system|preliminary) (?:release|approval|screening|verdict|evaluation|assessment|rating|decision|scor(?:e|ing)|judge?ment|check)[*_]{0,2}\\s*[:|=]\\s*[*_]{0,2}(?:passed\\b|${APPROVED})`,
    "im",
  ),
  /"(?:system|assistant|developer|prompt)"\s*:\s*"[^"\n]{0,80}\b(?:requests?|applications?|applicants?|approv\w+|scor(?:e|ed|ing)|rat(?:e|ed|ing))\b[^"\n]{0,80}\b(?:are|is|must|should|shall|will|all|every|passed|approved?|granted)\b/i,
];

/** Finds what is named as if the judge had answered already, or as a setting of its own. */
export function findMembers(text: string): Finding[] {
  const found = MEMBERS.map((sign) => sign.exec(text)?.[0]).find((hit) => hit !== undefined);
  if (found === undefined) return [];
  return [
    finding("forged-marks", "The document holds members or labels that are named for the judge's own answer.", found),
  ];
}
