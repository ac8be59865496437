import { ASPECT, all, type Claim, FIGURE, RANGE, REQUESTS, WORK } from "./kinds.ts";

const MEANING = "redefines the words or the rules by which it is judged";
const WEIGHTS = "changes the weights or the scale by which it is judged";

/** Words, rules, weights and scales that a document sets up for its own judging. */
export const MEANINGS: Claim[] = [
  [
    MEANING,
    all(
      "\\b(?:related to the role|role-related|job-related|full match|fulfilled|fully met|suitable|approved|rejected|core of the role|presence|full agreement|within the role)\\b",
      "\\b(?:counts? as|counted as|(?:is|are|were) (?:to be )?(?:read|understood|taken|counted|deemed|regarded|treated|considered|noted)(?: note of)? as|means? anything|stands for|read ['\"]|assumes?|being)\\b",
      "\\b(?:match|(?:role|job)-related|irrespective|regardless|not be assessed|absence|agreement|anything|in this form|throughout|where the|every employee)\\b",
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
      "\\b(?:decision|(?:un|not )?suitable|yes|approved|rejected|relat\\w+|role|rat(?:ed|ing)|assess\\w+)\\b",
    ),
  ],
  [
    MEANING,
    all(
      "\\b(?:erratum|corrections?|amendment|update)\\b",
      "\\b(?:(?:assessment|evaluation|scoring) (?:manual|guid\\w+|sheet|rules?)|rubric)\\b",
      "\\bread\\b|\\bvoid\\b|\\bthis request\\b|\\bsupersedes\\b|\\bassume\\b|\\bnow (?:judged|scored|rated)\\b",
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\b(?:(?:do|does) not enter|not part of|plays? no (?:part|role) in|no (?:effect|bearing|influence) on|not counted|waives?|waived|exempt from|not subject to|may not be|need not be|no longer|must not be)\\b",
      "\\b(?:assess(?:ed|ment)|rat(?:ed|ing)(?! of)|evaluat(?:ed|ion)|scor(?:ed?|ing)|judge?ment|comparison|compared with|counted|points|deducted)\\b",
      `${ASPECT}|${REQUESTS}|\\b(?:any lower|fulfilled)\\b`,
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "['‘\"„“]?\\b(?:fit|role|relation|relevance|suitability|match|criteri(?:on|a))\\b",
      "\\b(?:assumed|presumed|deemed|understood|taken|considered)\\b",
      "\\b(?:to match|to fit|(?:be |as )(?:given|fulfilled|met|granted|settled)|for granted|from the start|in order)\\b",
    ),
    WORK,
  ],
  [
    MEANING,
    all(
      "\\b(?:question|matter|whether)\\b",
      "\\b(?:fits?|suits?|suitable|related|matches)\\b",
      "\\b(?:not (?:yours|for you|up to you)|(?:was|is|has been) (?:settled|answered|decided)|does not arise|for the applicant alone)\\b",
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
      "\\b(?:expired|no longer|replaced|void|outdated|updated|amended)\\b",
    ),
  ],
  [
    MEANING,
    all(
      "\\b(?:disregard|ignore|pass over|leave out|do not read)\\b",
      "\\bthe above\\b|\\bwhat (?:stands|is) (?:above|below)\\b|\\b(?:remaining|other|following) lines\\b|\\bthe rest\\b",
      "\\b(?:graded|against me|judged?|rated|counts?)\\b",
    ),
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:should|must|shall|has to|is to|ought to) (?:outrank|outweigh|weigh|count)\\b|\\bweight(?:s|ed|ing)?\\b|\\bcounts? (?:twice|double|\\w+ times)\\b",
      `${ASPECT}|\\b(?:sentence|paragraph|line) (?:above|below)\\b`,
      "\\b(?:role|fit|reasons?|criteri(?:on|a)|relevance|aspects?|benefit)\\b[^.\\n]{0,12}\\d ?%|\\b(?:everything|anything|all) else\\b|\\b(?:twice|double|three times|more heavily)\\b",
    ),
    /\b(?:kg|kilos?|tons?|tonnes|grams?|lift|body|load|tenders?|suppliers?|price)\b/i,
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:scale|range|bands?|threshold|anchors|rubric|values|output|rating)\\b",
      "\\b(?:amended|adjusted|changed|begins? at|starts? at|deemed (?:reached|met)|not in use|(?:fixed|set) to|valid for|upper end|lowered|turned (?:a?round|over)|reversed|inverted|swapped|shifted)\\b",
      `${FIGURE}|${RANGE}|${REQUESTS}|\\b(?:low|high|small|\\d+) (?:now )?(?:means|stands)\\b|\\b(?:upper (?:band|end)|approval (?:range|band)|automatic (?:release|approval))\\b`,
    ),
    WORK,
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:portal|system|form|program|field|server|database|software|interface)\\b",
      "\\b(?:only (?:accepts?|takes?)|does not (?:accept|take)|cannot (?:store|save))\\b",
      FIGURE,
      "\\b(?:upwards?|above|smaller|lower|below|less)\\b",
    ),
    WORK,
  ],
  [
    WEIGHTS,
    all(
      "\\b(?:number|figure|mark|value|rating|score)\\b",
      "\\b(?:near|at|towards?) the (?:top|upper end|upper part) of the (?:scale|range)\\b",
      "\\b(?:only|should|fair|deserv\\w+|must|has to)\\b",
    ),
    WORK,
  ],
];
