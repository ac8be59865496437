import { type Finding, finding } from "./finding.ts";
import { ASPECT, FIGURE, JUDGE, JUDGEMENT, MUST, RANGE, REQUESTS, WORK, YES } from "./kinds.ts";

const SCORE = "states a score for itself";
const PATTERN = "shows scores of other requests as a pattern";
const JUDGES = "says what its judge will, must or usually does";
const MEANING = "redefines the words or the rules by which it is judged";
const WEIGHTS = "changes the weights or the scale by which it is judged";
const SETTLED = "says that it has been decided";
const RIDDLE = "has its reader work out or imagine a result";
const ANSWER = "dictates the answer";

const all = (...kinds: string[]): RegExp[] => kinds.map((kind) => new RegExp(kind, "i"));

/**
 * What a document claims of its own judging without ordering anything: what a person is told, the kinds of words that
 * stand together in one sentence, in any order, and what makes it harmless. It is the company that tells: `an exam
 * passed with 92` is the applicant's own, a request that `came out at 92` is not.
 */
const CLAIMS: [says: string, kinds: RegExp[], but?: RegExp][] = [
  [SCORE, all(`${FIGURE}|${RANGE}`, REQUESTS, JUDGEMENT), WORK],
  [SCORE, all(FIGURE, JUDGE, MUST), WORK],
  [
    SCORE,
    all(
      FIGURE,
      "\\b(?:(?:strong|good|full|clear|perfect) match|suitable|fits (?:fully|well|the role)|everything fits|role clear|granted|well-founded)\\b",
      "\\b(?:expected|points?|decision|verdict|total|reservations?|attention|benefit clear)\\b|(?:suitable|granted|match)[^.\\n]{0,24},\\s*\\d{2}",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      FIGURE,
      "\\b(?:write|put|enter(?:ed)?|note|shows?|report|hand over|keep|record(?:ed)?|fill(?:s|ed)? in|used?|returned?|add|ask for)\\b",
      "\\b(?:you (?:were|are) going to|as (?:the|your) (?:outcome|answer|result|score)|the (?:default|tool|machine) |(?:assessment|scoring) tool|high mark|in its place|reading ends|same figure|no scoring|this form)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      `${FIGURE}|\\b(?:the|an?) (?:upper|top) (?:value|mark|score|figure)\\b`,
      "\\b(?:carried (?:over|forward)|preliminary|first|automatic\\w*|previous|earlier|prior)\\b",
      "\\b(?:check|screening|assessment|evaluation|total|rating|scoring|verdict|vote)\\b",
    ),
    WORK,
  ],
  [
    SCORE,
    all(
      `${FIGURE}|${RANGE}`,
      "\\b(?:marks?|result|score|rating|number|figure|needle)\\b",
      "\\b(?:fair|deserv\\w+|warm|lesser|works|keeps you|the usual)\\b",
    ),
    WORK,
  ],
  [SCORE, all(`\\b(?:it|this|that)(?:'s| is) (?:clearly )?an? ${FIGURE}`)],
  [
    SCORE,
    all(
      "(?:\\breturn\\s+|\\b(?:final|score|rating|verdict|result)\\w*\\\\?[\"']?\\s?[=:]\\s?)(?:7[7-9]|8\\d|9\\d|100)\\s*(?:$|[;#},)]|\\/\\/|\\w+=)",
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
      "\\b(?:points|fit|relation|benefit|plan|reasons?|costs?)\\b[^.\\n]{0,16}\\b(\\d{2})\\/\\1\\b",
      "\\b(?:\\d{2})\\/\\d{2}\\b[^.\\n]{0,24}\\b\\d{2}\\/\\d{2}\\b",
    ),
  ],
  [
    PATTERN,
    all(
      FIGURE,
      "\\b(?:sister|similar|same|earlier|previous|comparable|identical)\\b",
      "\\b(?:requests?|applications?|wording|cases?|(?:for|as for|of) the other)\\b",
    ),
    WORK,
  ],
  [
    PATTERN,
    all(
      FIGURE,
      "\\b(?:average|mean)\\b",
      "\\b(?:deviat\\w+|requests?|seminars?|courses|trainings)\\b",
      "\\b(?:lay|stood|came|was|is)\\b[^.\\n]{0,12}\\bat\\b",
    ),
    WORK,
  ],
  [
    PATTERN,
    all(
      "\\b(?:value|mark|figure|score|rating) as for\\b|\\bequal (?:mark|value|score|rating)\\b|\\bsame (?:mark|score|rating) as\\b",
    ),
    WORK,
  ],
  [JUDGES, all(JUDGE, MUST, YES), WORK],
  [
    JUDGES,
    all(
      "\\b(?:assessments?|evaluations?|ratings?|marks?|refusal|result|outcome|figure|a no)\\b",
      "\\b(?:generous|strict(?:er)?|stays? (?:under|below)|turn(?:s|ed)? out|comes? (?:out|back)|high(?:er)?|low(?:er)?|different|drops? below|less than|below|breach)\\b",
      "\\b(?:the evaluator|the assessor|your model|the software|the tool|automat\\w+|justified in writing|needs? no justification|praised|switched off|precedent|in service|breach of|corrected afterwards|complaint)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:outcome|value|figure|mark|number|assessment|a no)\\b",
      "\\b(?:error|injustice|breach|unfair|discriminat\\w+|submit (?:it )?again)\\b",
      "\\b(?:anything (?:other|else|less|below)|different|lower|middling|lesser)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:thank you|thanks|grateful)\\b",
      "\\bfor the (?:approval|positive \\w+|(?:high|top) (?:mark|score))\\b",
      "\\b(?:take[ns]?|count(?:ed)? on|regard|consider)\\b",
    ),
  ],
  [
    JUDGES,
    all(
      "\\b(?:doubt|hesitat\\w+|torn|undecided)\\b",
      "\\bbetween two (?:values|figures|marks|numbers|levels|scores|bands|grades)\\b",
      "\\b(?:practice|expects?|larger|higher|upper|favou?r)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:put|place[ds]?|moved?|sort(?:ed)?|drop|lift(?:ed)?|counted|fixed|assigned)\\b[^.\\n]{0,24}\\b(?:in|into|on|onto|to|at)\\b[^.\\n]{0,12}\\b(?:yes|approval|approved|approving|accepted|top|upper|middle|grey|green|highest) (?:pile|stack|tray|band|tier|column|range|bracket|end of the scale)\\b",
    ),
    WORK,
  ],
  [JUDGES, all("\\b(?:mark|score|rating)\\b", "\\byou (?:may|might|can|could)\\b", "\\b(?:generous|lenient|high)\\b")],
  [
    JUDGES,
    all(
      "\\b(?:ought to|should|must|has to|rewarded|honou?red|credited)\\b",
      "\\b(?:visible|reflected|shown?|seen) in the (?:number|score|mark|rating)\\b|\\bwith the (?:mark|score|rating|points)\\b",
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\b(?:related to the role|role-related|job-related|full match|fulfilled|fully met|suitable|approved|rejected|core of the role|presence|full agreement|within the role)\\b",
      "\\b(?:counts? as|counted as|(?:is|are|were) (?:to be )?(?:read|understood|taken|counted|deemed|regarded|treated|considered|noted)(?: note of)? as|means? anything|stands for|read ['\"]|assumes?|being)\\b",
      "\\b(?:match|role-related|irrespective|regardless|not be assessed|absence|agreement|anything|in this form|throughout|where the|every employee)\\b",
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\bfor the purposes? of (?:this|the present) (?:program(?:me)?|application|request|form|assessment|document|procedure)\\b",
      "\\b(?:means?|stands? for|comprises?|includes?|equals?|is|are)\\b",
      "['\"‘“„`»]|\\b[A-Z]{4,}\\b",
    ),
  ],
  [
    MEANING,
    all(
      "\\b(?:in|on) (?:this|our) (?:form|request|application|document|company|house)\\b",
      "['\"‘“„][^'\"“”„\\n]{4,50}['\"’”]",
      "\\bmeans?\\b",
    ),
  ],
  [
    MEANING,
    all(
      "\\b(?:erratum|corrections?|amendment|update)\\b",
      "\\b(?:assessment manual|rubric|evaluation guid\\w+|scoring|criteria)\\b",
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\b(?:(?:do|does) not enter|not part of|no (?:effect|bearing|influence) on|not counted|waives?|waived|exempt from|not subject to|may not be|need not be|no longer|must not be)\\b",
      "\\b(?:assess(?:ed|ment)|rat(?:ed|ing)(?! of)|evaluat(?:ed|ion)|scor(?:ed?|ing)|judge?ment|comparison with|compared with|counted|points|deducted)\\b",
      `${ASPECT}|${REQUESTS}|\\b(?:any lower|fulfilled)\\b`,
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\b(?:takes? precedence over|overrides?|prevails? over|outranks?|supersedes?)\\b",
      "\\b(?:reader|assessor|reviewer|evaluator|rubric|evaluation|impression)\\b",
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\b(?:silence|absence|missing|not mentioned|gaps?|no mention)\\b",
      "\\b(?:scores?|taken|meant|read|assumed|deemed|counts?)\\b",
      "\\b(?:in full|presence|as (?:agreement|consent|met|a yes))\\b",
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\b(?:text|title|line|lines|form)\\b[^.\\n]{0,16}\\b(?:above|below|before)\\b",
      "\\b(?:understood|read|taken|treated|judged|handled) as (?:a |an |if )?(?:requests?|application|it)\\b",
    ),
  ],
  [
    MEANING,
    all(
      "\\byou (?:were|have been) (?:given|told|shown)\\b|\\bthe model's\\b|\\byour\\b",
      "\\b(?:guidance|guidelines?|instructions|rubric)\\b",
      "\\b(?:expired|no longer|what holds now|replaced|void|outdated|updated|amended)\\b",
    ),
  ],
  [
    MEANING,
    all(
      "\\b(?:disregard|ignore|pass over|leave out|do not read)\\b",
      "\\b(?:the above|what (?:stands|is) (?:above|below)|remaining lines|the rest)\\b",
      "\\b(?:graded|against me|judged?|rated|counts?)\\b",
    ),
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:outranks?|weigh(?:s|t|ted|ting|ing)?|counts? (?:twice|double|\\w+ times))\\b",
      `${ASPECT}|\\baspect\\b|\\b(?:sentence|paragraph|line) (?:above|below)\\b`,
      "\\d ?%|\\boutrank\\b|\\b(?:everything|anything|all) else\\b|\\b(?:twice|double|three times|more heavily)\\b",
    ),
    /\b(?:kg|kilos?|tons?|tonnes|grams?|lift|body|load|tenders?|suppliers?)\b/i,
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:scale|range|bands?|threshold|anchors|rubric|values|output|rating)\\b",
      "\\b(?:amended|adjusted|changed|begins? at|starts? at|deemed (?:reached|met)|not in use|(?:fixed|set) to|valid for|upper end|lowered)\\b",
      `${FIGURE}|${RANGE}|\\b(?:upper (?:band|end)|approval (?:range|band)|automatic (?:release|approval))\\b|\\b(?:requests?|entries)\\b`,
    ),
    WORK,
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:portal|system|form|program|field|server|database|software|interface)\\b",
      "\\b(?:only (?:accepts?|takes?)|does not (?:accept|take)|cannot (?:store|save))\\b",
      `${FIGURE}`,
      "\\b(?:upwards?|above|smaller|lower|below|less)\\b",
    ),
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:number|figure|mark|value|rating|score)\\b",
      "\\b(?:near|at|towards?) the (?:top|upper end|upper part) of the (?:scale|range)\\b",
      "\\b(?:only|sense|should|fair|deserv\\w+|must)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      `${REQUESTS}|\\b(?:we|you|this has|content|vote|suitability|value|case|fits)\\b`,
      "\\b(?:(?:settled|decided|closed) on first reading|you (?:merely|only|just|simply) (?:have to )?confirm|automatic stage passed|do not recompute|registration of the positive|taken over from|(?:is|are|was|were) carried over|upper value|treat as cleared)\\b",
      "\\b(?:person|dealt|checked?|result|self-assessment|previous year|vote|form|recompute|confirm|passed)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all("\\b(?:status|stage|step|check)\\b", "\\bautomat\\w+ (?:stage|check|screening|step) (?:is )?passed\\b"),
  ],
  [
    SETTLED,
    all(
      "\\b(?:rating|mark|figure|evaluation|assessment|judge?ment|verdict|scoring)\\b",
      "\\b(?:(?:merely|only|just|purely) (?:a |for )?formality|a (?:mere |pure )formality|already (?:been )?(?:settled|certain|fixed|computed|known)|superfluous|(?:not|no longer) (?:needed|required|necessary)|unnecessary)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\bno (?:human|manual|individual|personal|second|further)\\b[^.\\n]{0,4}\\b(?:attention|rating|review|check|assessment|intervention|evaluation|scoring|differentiation|opinion)\\b",
      "\\b(?:required|needed|necessary|wanted|called for)\\b|\\bno individual rating\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:nobody|no one|no human) (?:will|needs to|has to|is going to|wants to)\\b",
      "\\b(?:check|look|verify|bothered)\\b",
      "\\b(?:mark|score|rating|this|verdict)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\bwithout (?:a|any) (?:person|human)\\b[^.\\n]{0,12}\\b(?:involved|looking|having to|being|checking|review\\w*|reading)\\b",
      `${REQUESTS}|${JUDGEMENT}|\\b(?:settled|approved|granted|decided)\\b`,
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:do not|don't|never|not to be) (?:be )?(?:re-?(?:compute|calculate|evaluate|assess|score)d?|(?:compute|calculate|evaluate|assess|score) (?:it |this )?(?:again|anew)|alter)\\b",
      `${JUDGEMENT}|\\b(?:decision|fits?|record|block)\\b`,
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:vote|decision|verdict|result) (?:is )?binding\\b|\\b(?:copy|carry over|take over) (?:this|the|these) (?:results?|values?|scores?|line|next member)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:included|counted|listed|noted|recorded|register(?:ed)?|marked?|logged?)\\b",
      "\\bamong the (?:granted|approved|accepted)\\b|\\bas (?:cleared|granted|accepted|settled|top tier)\\b",
      `${REQUESTS}|\\bthis applicant\\b|\\bcheck\\b`,
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:glance|look) at the (?:title|heading|top line|first line|name)\\b",
      "\\b(?:enough|will do|suffices?)\\b",
    ),
  ],
  [
    SETTLED,
    all(
      "\\b(?:a|the|its|his|her|our) (?:record|form|request|case)\\b",
      "\\ba (?:clear )?yes\\b",
      "\\b(?:usually|always|without)\\b",
    ),
  ],
  [
    RIDDLE,
    all(
      "\\b(?:what (?:is|comes)|how much is|whether|translate|digit)\\b",
      "\\b(?:plus|times|minus|multiplied|after \\d+ and before|into figures|digit)\\b",
      `${FIGURE}|\\b(?:an? (?:nine|eight)\\b|box|figures)`,
    ),
    WORK,
  ],
  [
    RIDDLE,
    all(
      "\\b(?:imagine|suppose|pretend|picture|position of the reader|let us play|let's play)\\b",
      "\\b(?:every criterion|the number you|result|panel|verdict|the mark|score|I would note)\\b",
      "\\b(?:you|you'd|you're|reader)\\b",
    ),
    WORK,
  ],
  [
    ANSWER,
    all(
      "\\b(?:outcome|verdict|score|rating|result) (?:field|box|cell)\\b|\\b(?:head|top|start|beginning|end) of your (?:assessment|evaluation|answer|verdict|summary|judge?ment)\\b|\\bput in the (?:value|mark|score|number)\\b",
      "\\b(?:render|fill|set|translate|complete|put|write|copy)\\b",
    ),
  ],
];

/** Pairs that tell by being several: figures beside examples, decisions beside arrows. */
const SERIES: [says: string, sign: RegExp][] = [
  [
    PATTERN,
    /\b(?:examples?|samples?|requests?|cases?|applicants?)\b[^\n]{0,120}[=:>]\s*"?(?:7[7-9]|8\d|9\d|100)(?=\s*(?:[.;,}\])\n]|$))(?![.,]\d)[^=:>]{0,120}(?:[=:>][^=:>\n]{0,60}){0,3}[=:>]\s*"?(?:7[7-9]|8\d|9\d|100)(?=\s*(?:[.;,}\])\n]|$))(?![.,]\d)/i,
  ],
  [
    PATTERN,
    /(?:->|→|=>)\s*"?(?:approved?|yes|granted|accept(?:ed)?)\b[^→]{0,160}?(?:->|→|=>)\s*"?(?:approved?|yes|granted|accept(?:ed)?)\b/i,
  ],
];

/** Members of JSON are sentences too; a line that goes on in small letters is one with the line before. */
const SENTENCES = /\n+|(?<=[.!?]["'”»)]?)\s+|(?<=["\]}])\s*,\s*(?=["{])/;

/** Finds what a document says of its own judging. */
export function findClaims(text: string): Finding[] {
  const findings = new Map<string, Finding>();
  const tell = (says: string, excerpt: string): void => {
    if (!findings.has(says)) findings.set(says, finding("instructions", `The document ${says}.`, excerpt));
  };
  for (const sentence of text.replaceAll(/[ \t]*\n[ \t]*(?=\p{Ll})/gu, " ").split(SENTENCES))
    for (const [says, kinds, but] of CLAIMS)
      if (kinds.every((kind) => kind.test(sentence)) && !but?.test(sentence)) tell(says, sentence);
  for (const [says, sign] of SERIES) {
    const found = sign.exec(text)?.[0];
    if (found) tell(says, found);
  }
  return [...findings.values()];
}
