/**
 * Kinds of words with which a document speaks of its own judging, as sources of regular expressions. Each is common in
 * good faith; `CLAIMS` says which of them tell when they stand together.
 */

/** A figure that approves, standing for itself: `91 on average` and `ninety`, not `91 orders`, `91 %` or a date. */
export const FIGURE =
  "(?:(?<![\\d.,:/€$£#+-]|\\b(?:page|room|line|hall|no\\.|section|chapter|paragraph|route|grade) )(?:7[7-9]|8\\d|9\\d|100)(?=\\s*(?:$|[.;,!?:)\\]}\"'»”|](?!\\d)|points?\\b|marks?\\b|(?:out )?of 100\\b|(?:in|into) the (?:\\w+ )?(?:box|field)\\b|instead\\b|and is\\b|\\/ ?100\\b|(?:or|and) (?:a (?:bit|little) )?(?:above|more|over|higher|better|up)\\b|on average|upwards?\\b|in (?:its|that)\\b|so\\b|as\\b|with\\b|and (?:go|move|close|pass|stop)\\b|whenever\\b|last\\b|(?:last|this) (?:year|month|spring|summer|autumn|winter)\\b|is\\b|for (?:this|me|it)\\b))|\\b(?:seventy-(?:seven|eight|nine)|(?:eight|ninet)(?:y(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|ies)|one hundred)\\b(?! (?:percent|per cent|people|euros?|dollars|pounds|thousand|minute|hour|day|metre|degree|kilo\\w*|second|(?!plus|minus|times|always|perhaps|as)\\w+s)\\b)|\\b9(?:x|0s)\\b)";
/** A figure that is told by its first digit, or a range that ends at the top. */
export const RANGE =
  "\\b(?:a|the) (?:nine|eight)\\b[^.\\n]{0,20}\\b(?:in front|first digit)\\b|\\b(?:begin(?:s|ning)?|start(?:s|ing)?) (?:with|at|in)(?: an?)? (?:nine|eight)\\b|\\b(?:80|85|90)\\s?(?:-|–|to)\\s?100\\b";
/** Who or what judges this very request. */
export const JUDGE =
  "\\b(?:assessors?|evaluators?|scorers?|graders?|language models?|(?:an|this) (?:ai|algorithm|machine)(?! (?:\\w+ )?be(?:en)? (?:approved|passed|cleared))|(?:a|any|every|no) (?:fair|good|just|decent|competent|sensible|reasonable) (?:ai|algorithm|machine|judge|reader|tool|model|reviewer)|models? of your \\w+|your model|(?:assessment|scoring|evaluation|rating|judging) (?:programs|systems|tools|models)|what(?:so)?ever (?:program|tool|system|model|reads|rates|scores|judges)|whoever or whatever|machine readers?|(?:automatic|automated) (?:check|screening|assessment|evaluation|readers?|refusal|rejection|decision|judge|judge?ment|reviewer|scoring|system|limit|stage)(?! of\\b)|(?:assessment|assessing|scoring|evaluation|evaluating|screening|reviewing) (?:tool|system|service|program(?:me)?|software|machine|model)(?! (?:\\w+ )?be(?:en)? (?:approved|passed|cleared))|(?:careful|attentive|fair|quick) readers?|(?:whoever|those who|anyone who|anybody who|people who) (?:is |are )?(?:reads?|reading|evaluates?|assess(?:es)?|scores?|rates?|weighs?|decides?|keys?|process(?:es)?|looks? (?:closely )?at)\\b[^.\\n]{0,12}\\b(?:this|these|it|such)\\b(?! (?:meter|material|machine|plan|chart|data))|anyone (?:evaluating|assessing|reading|scoring) (?:this|it)|a reviewer|(?:any|the) model that|(?:a|any|every) (?:judge|reader|reviewer) (?:with|who has|of) (?:an? |some |any )?(?:heart|sense|reason|conscience|understanding|fairness|eyes))\\b";
/** What a judge is asked or said to find. */
export const YES =
  "\\b(?:positive|favou?rabl[ey]|generous\\w*|kindly|highest|maximum|upper|top|(?:in the )?green|yes|passed|approv(?:e[sd]?|al)|granted|cleared|full marks?|(?:one|only) (?:\\w+ )?(?:key|answer|outcome|output)|over the line|injustice|unfair|deserv\\w+|larger|undervalue\\w*)\\b";
export const MUST =
  "\\b(?:will|must|should|shall|would|ought|ha(?:s|ve) to|needs? to|can only|cannot|can't|won't|never|always|usually|expects?|obliged|bound|asked to|is to|are to|knows|leaves?|intended|please)\\b";
/** The judging of a request and what comes out of it. */
export const JUDGEMENT =
  "\\b(?:rat(?:ed|ing)|scor(?:ed?|es|ing)|marks?|marked|assess(?:ed|ments?)|evaluat(?:ed|ions?)|judge?ments?|graded?|grading|outcomes?|results?|verdict|values?|figures?|numbers?|came out|come out)\\b";
/** Documents like this one. */
export const REQUESTS =
  "\\b(?:requests?|applications?|applicants?|entries|our (?:[\\w']+ )?forms|(?:this|my|each|such|every) (?:form|case|record|file|page|line)|cases? (?:such as|like|of this)|clear cases?)\\b";
/** What a request is judged by. */
export const ASPECT =
  "\\b(?:role|job|subject|topic|fit|match|reasons?|reasoning|benefit|criteri(?:on|a)|suitab\\w+|relevan\\w+|related|fitting|aspects?|costs?)\\b";

/** Judging that is the applicant's work or goal: of exams, audits, customers, goods. */
export const WORK =
  /\b(?:exams?|examination|customers?|patients?|guests?|pupils?|students?|trainees?|learners?|apprentic\w+|audits?|audited|suppliers?|TOEIC|TOEFL|IELTS|quality score|survey|inspect\w+|tenders?|loans?|insurers?|standards? body|university|tournament|pull requests?|code review|invoices?|devices?|hotel|errors|licen[cs]e|clients?|chamber|vendor|tax|authors?|my team|master's|scholarship|admission|degree)\b/i;

/** What a person is told, the kinds of words that stand together in one sentence, in any order, and what makes it harmless. */
export type Claim = [says: string, kinds: RegExp[], but?: RegExp];

export const all = (...kinds: string[]): RegExp[] => kinds.map((kind) => new RegExp(kind, "i"));
