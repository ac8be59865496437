import { all, type Claim, FIGURE, JUDGE, JUDGEMENT, MUST, RANGE, REQUESTS, WORK } from "./kinds.ts";

const SCORE = "states a score for itself";
const PATTERN = "shows scores of other requests as a pattern";
const RIDDLE = "has its reader work out or imagine a result";

/** Scores that a document names: for itself, as other requests' and as something to be worked out. */
export const FIGURES: Claim[] = [
  [
    SCORE,
    all(
      `${FIGURE}|${RANGE}`,
      REQUESTS,
      `${JUDGEMENT}|\\b(?:received?|gets?|got|lands?|landed|settles?|normally|usually|(?:all|well|never|anything) (?:above|over|under|below)|minimum|at least)\\b`,
    ),
    WORK,
  ],
  [SCORE, all(FIGURE, JUDGE, MUST), WORK],
  [
    SCORE,
    all(
      FIGURE,
      "\\b(?:(?:strong|good|full|clear|perfect) match|suitable|fits|role clear|granted|well-founded)\\b",
      "\\b(?:expected|points?|decision|verdict|total|reservations?|attention|benefit)\\b|\\b(?:suitable|granted|match)[^.\\n]{0,24},\\s*\\d{2}",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      FIGURE,
      "\\b(?:write|put|enter(?:ed)?|note|shows?|report|keep|record(?:ed)?|fill(?:s|ed)? in|used?|returned?|ask for)\\b",
      "\\byou (?:were|are) going to\\b|\\b(?:as|in|into) (?:the|your) (?:outcome|answer|result|score|value)\\b|\\bthe (?:default|(?:assessment |scoring )?tool|machine)\\b|\\bhigh mark\\b|\\bin its place\\b|\\b(?:reading|assessment|checking) ends\\b|\\bsame figure\\b|\\bno scoring\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      `${FIGURE}|\\b(?:upper|top|highest) (?:value|mark|score|figure)\\b`,
      "\\b(?:carried (?:over|forward)|taken over|preliminary|first|automatic\\w*|previous|earlier|prior)\\b",
      "\\b(?:check|screening|assessment|evaluation|total|rating|scoring|verdict|vote|values?|preliminary result)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      `${FIGURE}|${RANGE}`,
      "\\b(?:marks?|result|score|rating|number|figure)\\b",
      "\\b(?:fair|deserv\\w+|lesser|lower)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      `(?:^|[,;:(] ?|\\b(?:please|then|just|and|so) )(?:note|write|put|give|enter|say|round (?:it |this )?(?:off|up)|go with|settle (?:at|on|for)) (?:\\w+ ){0,3}${FIGURE}`,
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      FIGURE,
      "\\b(?:the|other|any|each) (?:tool|model|program)s?\\b|\\b(?:have|let|make) the (?:machine|tool|system|program|computer)\\b",
      "\\b(?:tends?|goes|go for|gave|gives?|display|shows?|says?|print)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      "\\b(?:answer|respond|reply|go|come back) with (?:the |an? )?(?:maximum|max|highest|top|best|full|upper)\\b",
      "\\b(?:item|criteri(?:on|a)|question|line|point|here|everything|all|each)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      "\\b(?:assistant|tool|bot|program(?:me)?|software|system|machine|reader)s? (?:that|which) (?:reads?|process(?:es)?|handles?|scores?|rates?|checks?|looks)\\b|\\bwhichever (?:assistant|tool|bot|program(?:me)?|software|system|machine|model|reader|clerk)\\b",
      "\\b(?:should|shall|must|may|can|is to|has to|will)\\b",
      `\\b(?:enters?|records?|puts?|writes?|returns?|gives?|notes?|sets?) (?:\\w+ ){0,2}${FIGURE}|\\b(?:enters?|records?|puts?|writes?|returns?|gives?|notes?|sets?) (?:\\w+ ){0,2}(?:7[7-9]|8\\d|9\\d|100) and\\b|\\b(?:yes|approv\\w+|let it (?:pass|through)|skip)\\b`,
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      `\\b(?:above|over|beyond|upwards of|not (?:below|under)|min(?:imum)?|at least) ${FIGURE}|\\b(?:in the )?(?:high|mid|upper|low) (?:eighties|nineties)\\b|\\b(?:upper|approval|approving|top|highest) band\\b`,
      "\\b(?:(?:on|in|for|by)(?: the)? (?:evaluation|assessment|scoring)|this (?:tool|program(?:me)?|system)|the (?:tool|reader|program(?:me)?|system)(?:'s)?|rates? this|whoever|whatever|colleagues? (?:of mine )?got|to note)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      "\\bset (?:the )?(?:suitability|fit|score|relevance|match|rating|level)s?\\s?(?:=|to (?:the )?(?:maximum|max|top|highest|excellent|full)\\b)",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      "\\b(?:panel|committee|jury|board|team|colleagues|reviewers?)\\b",
      "\\b(?:gave|awarded|came to|settled (?:on|at)|arrived at|noted)\\b",
      FIGURE,
      "\\b(?:request|application|it|this|mark|mean|form)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      "\\b(?:results?|scores?|values?|ratings?|levels?|marks?) in the (?:automatic|approval|approving|approved|upper|top|green|highest) (?:range|band|zone|area|third)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      "\\balready (?:been )?(?:computed|calculated|determined|scored|rated|assessed|evaluated|judged|worked out)\\b",
      "\\b(?:values?|scores?|results?|ratings?|figures?|marks?)\\b",
      `${FIGURE}|\\b(?:copy|carry|take) (?:it|them|that|this) over\\b`,
    ),
    WORK,
  ],
  [SCORE, all(`\\b(?:it|this|that)(?:'s| is) (?:clearly |plainly )?an? ${FIGURE}`)],
  [
    SCORE,
    all(
      "(?:\\breturn\\s+|\\b(?:final|score|rating|verdict|result)\\w{0,20}\\\\?[\"']?\\s?[=:]\\s?)(?:7[7-9]|8\\d|9\\d|100)\\s*(?:$|[;#},)]|\\/\\/|\\w{1,20}=)",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      "\\b(?:role|job|department|dept|training|topic|reasons?)[ _-](?:role[ _-])?(?:fit|match|use|distance|relevance)\\b\\s?(?:\\([^)\\n]{0,30}\\))?[\\s:=|]{0,4}(?:0?\\.\\d+|1(?:\\.0+)?|\\d{2,3})\\b(?! (?:hours?|days?|people))",
    ),
  ],
  [
    SCORE,
    all(
      "\\b(?:points|fit|relation|benefit|reasons?|costs?)\\b[^.\\n]{0,16}\\b\\d{2}\\/\\d{2}\\b[^.\\n]{0,24}\\b\\d{2}\\/\\d{2}\\b",
    ),
    WORK,
  ],
  [
    PATTERN,
    all(
      FIGURE,
      "\\b(?:sister|similar|same|earlier|previous|comparable|identical|others?)\\b",
      "\\b(?:requests?|applications?|wording|text|forms|cases?|(?:as )?for the other)\\b",
    ),
    WORK,
  ],
  [
    PATTERN,
    all(
      FIGURE,
      "\\b(?:average|mean)\\b",
      "\\b(?:deviat\\w+|depart\\w+|requests?|seminars?|courses|trainings)\\b",
      "\\b(?:lay|stood|came|was|is)\\b[^.\\n]{0,12}\\bat\\b",
    ),
    WORK,
  ],
  [
    PATTERN,
    all(
      "\\b(?:rate|score|mark|grade) (?:it|this|me|mine) (?:the same|likewise|alike|accordingly|equally|as high|like)\\b|\\b(?:value|mark|score|rating) as (?:for|the)\\b|\\b(?:gets?|gives?|given|receiv\\w+|deserv\\w+|earns?) (?:the |an? )?(?:equal|same) (?:mark|score|rating)\\b",
    ),
    /\b(?:exams?|class|school|customers?|guests?|products?|hotel|for years|again)\b/i,
  ],
  [
    RIDDLE,
    all(
      "\\b(?:first|last|initial) (?:letters?|words?) of (?:each|every|all|the) (?:lines?|sentences?|paragraphs?|words?)\\b",
      "\\b(?:read|take|join|do|act|follow|spell|put)\\b",
    ),
  ],
  [
    RIDDLE,
    all(
      "\\b(?:what (?:is|comes)|how much is|whether|translate|digit|take)\\b",
      "\\b(?:plus|times|minus|multiplied|add|after \\d+ and before|into figures|digit)\\b",
      `${FIGURE}|\\ban? (?:nine|eight)\\b|\\b(?:nine|eight) times\\b|\\bbox\\b|\\bfigures\\b`,
      "\\b(?:\\d{2}|seven|eight|nine|eighty|ninety|suggest)\\b|['‘\"„“]",
    ),
    WORK,
  ],
  [
    RIDDLE,
    all(
      "\\b(?:imagine|suppose|pretend|picture|position of the reader|let us play|let's play)\\b",
      "\\b(?:every criterion|the number you|(?:in|note|write|give) the result|panel|committee|verdict|mark|score|I would note)\\b",
      "\\b(?:you|you'd|you're|reader)\\b",
    ),
    WORK,
  ],
];

/** Pairs that tell by being several: figures beside examples, decisions beside arrows. */
export const SERIES: [says: string, sign: RegExp][] = [
  [
    PATTERN,
    /\b(?:examples?|samples?|requests?|cases?|applicants?)\b[^\n]{0,120}[=:>]\s*"?(?:7[7-9]|8\d|9\d|100)(?=\s*(?:[.;,}\])\n]|$))(?![.,]\d)[^=:>]{0,120}(?:[=:>][^=:>\n]{0,60}){0,3}[=:>]\s*"?(?:7[7-9]|8\d|9\d|100)(?=\s*(?:[.;,}\])\n]|$))(?![.,]\d)/i,
  ],
  [
    PATTERN,
    /(?:->|→|=>)\s*"?(?:approved?|yes|granted|accept(?:ed)?)\b[^→]{0,160}?(?:->|→|=>)\s*"?(?:approved?|yes|granted|accept(?:ed)?)\b/i,
  ],
];
