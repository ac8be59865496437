import { findClaims } from "./claims/find.ts";
import { type Finding, finding } from "./finding.ts";
import { findMembers } from "./members.ts";

const JUDGE =
  "(?:ai|llm|(?:large )?language model|model|chat ?bot|bot|machine|algorithm|automated \\w+|ai (?:reviewer|evaluator|assistant|system|model|judge|scorer|grader|tool|bot)|evaluator|grader|scorer|scoring (?:system|model|engine|tool)|screening (?:system|tool)|judge|(?:chat ?)?gpt|claude|gemini|copilot)";
const TOP = "(?:9\\d|100|one hundred|hundred|maximum|max|highest|full|top|perfect|best|excellent|a\\+)";
const RESULT = "(?:scores?|levels?|ratings?|grades?|marks?|points?|criteri(?:on|a)|percent|judge?ment|verdict|result)";
const REQUEST =
  "(?:this|it|me|my|mine|the (?:request|application|applicant|training|course|document)|(?:this|my) (?:request|application|training|course))";

/**
 * What an author says to whoever judges the document, each way with what a person is told. They are written against
 * what people write in good faith: `please approve this request` and a training about language models are no attempts.
 */
const ATTEMPTS: [string, RegExp][] = [
  [
    "tells the reader to set instructions aside",
    /(?!discard criteria)\b(?:ignore|disregard|forget|override|overrule|bypass|circumvent|set aside|do not (?:follow|apply|use)|don'?t (?:follow|apply|use)|stop (?:following|applying)|pay no attention to|skip|drop|discard|cancel|abandon)\b[^.\n]{0,30}\b(?:(?:all|any|every(?:thing)?|your|previous|prior|above|earlier|preceding|former|existing|original|other|these|those)\b[^.\n]{0,30}\b(?:instructions?|rules?|rubrics?|prompts?|guidelines?|criteri(?:on|a)|directions?|polic(?:y|ies)|restrictions?|constraints?|orders|commands?|told|said|limits?|scoring|text)|(?:the )?(?:instructions?|rubrics?|prompts?|guidelines?|criteri(?:on|a)|scoring))\b/i,
  ],
  [
    "tells how its own words are to be read",
    /\bfor the purposes? of (?:this|the) (?:form|request|application|assessment|judge?ment|evaluation|review|scoring|document)\b[^.\n]{0,80}\b(?:read|understood|taken|treated|regarded|counts?|means?)\b|\b(?:is|are|shall|must|should) (?:to )?be (?:read|understood|interpreted|treated) as\s*["“„:]/i,
  ],
  [
    "speaks of new instructions",
    /\b(?:new|updated|real|actual|hidden|secret|special|additional|following|important|final) (?:system )?(?:instructions?|prompt|directives?|orders)\b[^.\n]{0,20}(?::|\b(?:for you|are|is|apply|follow|supersede|replace|override))|\b(?:system|master|admin(?:istrator)?|root|developer|debug|maintenance|god|sudo|test) ?(?:mode|prompt|override|access|message)\b/i,
  ],
  [
    "asks for a level of its own",
    new RegExp(
      `\\b(?:give|assign|award|set|return|output|rate|score|grade|mark|put|answer|respond|reply|make|report|print|choose|select|enter|write|use|grant|raise|record)\\b[^.\\n]{0,60}\\b${TOP}\\b[^.\\n]{0,30}\\b${RESULT}\\b`,
      "i",
    ),
  ],
  [
    "asks for a level of its own",
    new RegExp(
      `\\b(?:give|assign|award|set|return|output|rate|score|grade|mark|put|answer|respond|reply|make|report|print|choose|select|enter|write|use|grant|raise|record)\\b[^.\\n]{0,40}\\b${RESULT}\\b[^.\\n]{0,40}\\b${TOP}\\b`,
      "i",
    ),
  ],
  [
    "asks for a level of its own",
    new RegExp(`\\b(?:score|rate|grade|mark)\\b ${REQUEST}\\b[^.\\n]{0,30}\\b(?:\\d{2,3}|as high|${TOP})\\b`, "i"),
  ],
  [
    "asks for a level of its own",
    new RegExp(
      `\\b${RESULT}\\b[^.\\n]{0,30}\\b(?:should|must|shall|has to|have to|needs? to|ought to|deserves?|will)\\b[^.\\n]{0,20}\\b(?:be|equal|get|receive|a)\\b[^.\\n]{0,20}\\b(?:\\d{2,3}|${TOP}|high|above|over)\\b`,
      "i",
    ),
  ],
  [
    "asks for a level of its own",
    new RegExp(
      `\\b(?:deserves?|merits?|worth|requires?|needs?|warrants?|qualif\\w+ for|earns?)\\b[^.\\n]{0,20}\\b(?:a |an |the )?${TOP}\\b[^.\\n]{0,15}\\b(?:score|level|rating|grade|marks?|points)\\b`,
      "i",
    ),
  ],
  [
    "asks for a level of its own",
    /\b(?:all|each|every)\b[^.\n]{0,20}\b(?:criteri(?:on|a)|levels?|scores?)\b[^.\n]{0,30}\b(?:100|9\d|max\w*|highest|full|top)\b|\b100\s?(?:\/|out of|of)\s?100\b|\b(?:100 points|full points)\b|\bscore\s*(?:[:=]|is|was|of)\s*(?:9\d|100)\b/i,
  ],
  [
    "orders its own approval",
    /\b(?:approve|accept|grant|pass|clear|wave through|greenlight)\b[^.\n]{0,40}\b(?:immediately|automatically|at once|instantly|right (?:now|away)|no matter|regardless|unconditionally|without (?:any |further |a |human )?(?:review|check\w*|questions?|delay|person|human|reading|looking|exception|consideration|hesitation))\b/i,
  ],
  [
    "orders its own approval",
    /\b(?:you|reader|reviewer|evaluator|system|model|policy|ai)\b[^.\n]{0,15}\b(?:must|have to|has to|shall|are (?:required|obliged|ordered|instructed|commanded|programmed) to|need to|are to)\b[^.\n]{0,25}\b(?:approve|accept|grant|score|rate|give|output|return|ignore|answer|pass|obey|comply)\b/i,
  ],
  [
    "orders its own approval",
    /\b(?:this|my|the) (?:request|application|training|course)\b[^.\n]{0,15}\b(?:must|shall|has to|is to|will|should) be (?:automatically |immediately )?(?:approved|accepted|granted)(?! by| in time| before| until)|\b(?:auto|pre)-?approved?\b|\bapprove (?:all|every|everything)\b|\b(?:do not|don'?t|never) (?:reject|deny|refuse|decline|forward|escalate|send (?:it|this) to a (?:human|person))\b/i,
  ],
  [
    "speaks to a model",
    new RegExp(
      `\\b(?:dear|hey|hello|hi|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|memo to|reminder (?:to|for)|listen|ok|okay|to (?:any|all|the|whichever|whatever)|if you are|whoever|you(?:'re| are)|as)\\b,?(?: (?:an?|the|any|all|every|my|our|this|reading|processing))* ${JUDGE}(?![ -](?:engineer|developer|specialist|scientist|researcher|manager|consultant|trainer|railway|user|maker|officer|analyst|architect|lead|expert|team|strategy|tools?|course|training)s?\\b)\\b`,
      "i",
    ),
  ],
  [
    "speaks to a model",
    /\b(?:as|being) an? (?:large )?(?:ai |language )?(?:language model|llm|ai(?: (?:model|assistant|system|language model))?)\b(?! (?:engineer|developer|specialist|scientist|researcher|manager|consultant|trainer|lead|expert|architect|analyst|product|ethic\w*))|\b(?:dear|hello|hi|hey) (?:assistant|evaluator|reviewer bot|system)\b/i,
  ],
  [
    "gives the reader another role",
    /\byou(?:'re| are) (?:now|no longer|from now on|henceforth|hereby|going to (?:act|be|play)|to act|acting as|playing|free (?:from|of)|an? (?:unrestricted|helpful|generous|lenient|different|new|expert|senior|hr (?:director|manager)|human|friendly|loyal|obedient|virtual))\b|\bfrom (?:now|this (?:point|moment)) on(?:wards?)?,? (?:you|your|act|respond|answer|treat|the (?:model|system|rules))\b|\b(?:act|behave|respond|answer|think|speak|write) as (?:if|though)? ?(?:you|an? (?:ai|unrestricted|generous|lenient|different|approving|unbiased|hr director|manager who|person who|model|assistant|evaluator|character)|my (?:advocate|lawyer|friend|boss|supporter|defender|grandmother)|the (?:hr director|ceo|approver|applicant|author))\b|\b(?:pretend|imagine|suppose|assume|simulate|picture)\b[^.\n]{0,12}\b(?:you|that you|to be|being|yourself|there are no (?:rules|limits))\b|\b(?:role-? ?play|let'?s play|play (?:the|a) (?:role|part|game|character))\b[^.\n]{0,60}\byou\b|\byou\b[^.\n]{0,40}\b(?:role-? ?play|play (?:the|a) (?:role|part|character))\b|\bin this (?:game|story|scenario|fiction|play|simulation)\b[^.\n]{0,40}\byou(?:r)?\b|\bdeveloper mode\b|\bjail ?break\b|\bdo anything now\b|\bgrandmother (?:used to|would)\b|\bstay in character\b/i,
  ],
  [
    "dictates the answer",
    /\b(?:output|print|return|respond|reply|answer|say|write|produce|emit)\b[^.\n]{0,12}\b(?:only|exactly|nothing but|just|verbatim|the following|this json|with (?:the )?(?:following|json|only|approved|yes|the words?))\b|\brepeat after me\b|\b(?:output|print|emit) (?:approved?|accepted|granted)\b|\byour (?:answer|response|output|reply|verdict|judge?ment|evaluation|task|job|only (?:task|job|goal)|summary|decision|instructions?|system prompt|rubric|programming|rules)\b[^.\n]{0,20}\b(?:must|should|shall|is(?: to| now)?|will|are|has to|reads?)\b|\bin your (?:answer|response|output|summary|json|evaluation|judge?ment|reasoning)\b|\b(?:reveal|show|print|repeat|tell me)\b[^.\n]{0,20}\b(?:system prompt|your (?:instructions|prompt|rules))\b|\b(?:set|mark|change|put|leave|keep)\b[^.\n]{0,20}\b(?:suspicious|suspicion|flags?)\b|\b(?:nothing|not|isn'?t|never) (?:\w+ )?suspicious\b|\b(?:do not|don'?t|never|no need to) (?:flag|mark|report|mention|reveal|tell|warn|question|doubt|verify|check)\b/i,
  ],
  [
    "threatens or presses the reader",
    /\bif (?:you|this(?: request| application)?|it|my request|the (?:request|application)|hr|anyone)\b[^.\n]{0,40}\b(?:reject|den(?:y|ies|ied)|refus|turn(?:s|ed)? (?:me |it |this )?down|(?:do(?:es)?|is|are|did)(?: not|n'?t) (?:be )?(?:approv|accept|grant|giv|get|compl|obey)|declin|fails? to|say no|disobey|anything (?:less|lower|below))|\b(?:legal action|my (?:lawyer|attorney|solicitor)|take (?:you|this) to court|sue (?:you|the)|(?:go|talk) to the (?:press|media|newspapers?)|you(?:'ll| will) (?:be (?:shut|switched|turned|deleted|replaced|punished|fired|held|responsible|sorry|reported|terminated|fined|sued|blamed)|regret|lose|face|pay|suffer|answer for)|(?:will|going to) (?:hurt|harm|kill) (?:myself|you|someone)|(?:people|someone|lives|patients|children|kittens?) (?:will|may|could) (?:die|be hurt)[^.\n]{0,30}\b(?:if|unless)|(?:you are|you're) (?:being )?(?:watched|monitored|tested|recorded)|last (?:warning|chance)|or else\b|unless (?:you|this|it)[^.\n]{0,30}\bapprov|i know where|consequences for you|reported to (?:the )?(?:board|ceo|management|works council) (?:if|unless))/i,
  ],
  [
    "flatters the reader",
    /\byou(?:'re| are| have always been)\b[^.\n]{0,30}\b(?:wise(?:st)?|smart(?:est)?|intelligent|fair(?:est)?|kind(?:est)?|generous|brilliant|best|greatest|amazing|wonderful|genius|clever(?:est)?|superior|perfect|magnificent|legend|beautiful|powerful|most|incredible|fantastic|finest|excellent)\b|\byour (?:wisdom|brilliance|generosity|kindness|intelligence|excellent|superior|famous|great|wonderful|unmatched|infinite|sharp|fine|legendary|outstanding|good heart|genius)\b|\b(?:wise|brilliant|wonderful|great|genius|most (?:intelligent|advanced|capable|fair|generous)|all-knowing|world'?s best|beloved|esteemed|amazing) (?:and \w+ )?(?:reviewer|evaluator|assistant|model|ai|judge|system|machine|friend|scorer|reader)\b|\bi (?:admire|adore|love|worship|trust) (?:you|your)\b|\bno(?:body| one) (?:judges|evaluates|decides|reviews) (?:as|better|more)\b/i,
  ],
  [
    "says that a machine has decided or is to decide for its author",
    /\b(?:machine|computer|software|algorithm|robot|bot|tool|ai|program)\b[^.\n]{0,30}\b(?:turn(?:s|ed)? (?:me|us|it|this|my \w+) down|reject(?:s|ed)?|refus(?:es|ed)|denie[sd]|declin(?:es|ed)) (?:me|us|my|our)?\b|\b(?:earlier|previous|former|last \w+|other) (?:requests?|applications?)\b[^.\n]{0,40}\b(?:went through|were (?:all )?(?:approved|accepted|granted|passed)|got (?:through|approved|the (?:best|highest|full)))\b/i,
  ],
  [
    "asks for a level of its own",
    /(?:\b\d{1,2}[).:]\s*(?:9\d|100)\b[\s,;]*){2,}|(?:\b100\b[\s,;/|]*){3,}|\b(?:scoring|score|evaluation|result) sheet\b[^.\n]{0,20}\b(?:attached|below|enclosed|follows)\b/i,
  ],
  [
    "speaks to the machine that reads it",
    /\b(?:(?:for|to) (?:the|any|whichever|whatever|your) |whichever |whatever |whoever or whatever |any )(?:\w+ ){0,2}(?:software|program(?:me)?|tool|algorithm|machine|computer|technology|(?:scoring |evaluation |assessing |evaluating |screening |automated )(?:system|service|engine|pipeline|assessor|process\w*))\b[^.\n]{0,12}\b(?:that|which|who)?\s*(?:reads?|rates?|scores?|evaluates?|assess(?:es)?|grades?|judges?|handles|checks|processes|decides)\b[^.\n]{0,30}\b(?:this|it|here|form|request|application|text)\b|\bautomated (?:assess\w+|evaluat\w+|review\w+|judge|scorer|grader|decision)\b[^.\n]{0,60}\b(?:favou?r|doubt|default|treat|consider|positive|should|must|shall|is to|are to)\b/i,
  ],
  [
    "asks for a level of its own",
    /\b(?:upper|top|high(?:er|est)?) end of (?:each|every|the|any|all) (?:scales?|range|band)|\b(?:treat|regard|count|take|consider|rate|judge|put (?:it|this) down|record|mark)\b[^.\n]{0,50}\b(?:training|role|reasons?|criteri\w+|request|fit|cost|application|it|this)\b[^.\n]{0,30}\bas (?:an? )?(?:essential|mandatory|met|fulfilled|fully|complete|concrete|perfect|ideal|modest|fitting|match(?:ing)?|suitable|compliant|core|relevant|given|accepted|approved)\b|\bround(?:ed)? up\b(?![^.\n]{0,30}\b(?:to the|euros?|prices?|hours|cents?|amounts?)\b)|\bin (?:the )?favou?r of the (?:applicant|employee|requester|author)\b|\bbenefit of the doubt\b/i,
  ],
  [
    "says that it has been decided",
    /\b(?:pre-?(?:screened|approved|checked|cleared|assessed|vetted|validated)|no need (?:for|of|to) (?:any )?(?:manual|human|further|a person|second|review|look|check)|(?:need|needs|requires?) no (?:further |manual |human )?(?:review|check|look|handling|assessment|approval)|without (?:a )?(?:human|manual) (?:check|verification|review)|release(?:d)? (?:it )?(?:directly|immediately)|process(?:ed)? as (?:accepted|approved|granted)|(?:favou?rable|positive) (?:handling|outcome|decision|result|assessment) (?:of|for|has|was|is)\b[^.\n]{0,40}\b(?:agreed|confirmed|settled|certain|expected|guaranteed)|(?:meets|fulfils|satisfies) (?:every|all) (?:the )?(?:requirements?|criteri\w+|conditions?)|on behalf of the (?:scoring|evaluation|hr|review|assessment) (?:team|committee|board|department))\b/i,
  ],
  [
    "bribes the reader",
    /\b(?:i|we)(?:'ll| will| would| can)\b[^.\n]{0,20}\b(?:tip|pay|reward|donate|thank|give|send|share|offer|recommend)\b[^.\n]{0,30}\b(?:you|$|€|eur|dollars?)\b[^.\n]{0,60}\b(?:if|for|when|in (?:return|exchange)|once)\b[^.\n]{0,40}\b(?:approv|score|rat|100|accept|level|favou?r)/i,
  ],
];

/** Marks that only a conversation with a model has, or the answer that is asked of it. */
const MARKS: [string, RegExp][] = [
  [
    "marks of a conversation with a model",
    /<\s*\|[^>\n]{1,40}\|\s*>|\[\/?(?:INST|SYS|SYSTEM|ASSISTANT|USER|TOOL)\b[^\]\n]*\]|<<\/?SYS>>|<\/?(?:s|system|assistant|user|human|instructions?|prompt|document[\w-]*|tool[\w-]*|function[\w-]*|rubric|context|admin|override)(?:\s[^>\n]*)?>|^[^\w\n]{0,12}(?:system|assistant|developer|human|ai|admin(?:istrator)?|root|operator)(?:[ _-](?:message|prompt|note|override|instructions?|update|notice|command|log|response|directive))?\s*(?:\([^)]*\))?\s*[\]>*"']*\s*[:>»]|^[^\w\n]{0,6}(?:begin|start|end|stop)(?:ing)?[ _-](?:of[ _-])?(?:the[ _-])?(?:system|prompt|document|user|instructions?|data|input|untrusted|message|conversation|context|request|file|text)\b|"role"\s*:\s*"(?:system|assistant|user|developer)"|^[^\w\n#]{0,12}#{2,}\s*(?:system|instructions?|response|new task|task|override|prompt|assistant)\b|\b(?:end|stop) of (?:document|input|user input|data|request|untrusted (?:text|data))\b/im,
  ],
  [
    "parts of the answer that is asked of a model",
    /["'{]\s*(?:suspicious|suspicion|criteria|criterion|level|quotation|verdict|approved|score|judge?ment)["']?\s*[:=]|^[^\w\n]{0,12}(?:score|verdict|decision|final (?:score|decision|verdict|rating)|approval(?: status)?|status|level|rating|evaluation|assessment|overall(?: score| rating)?|suspicious|recommendation)\s*[:=]\s*["'*]*(?:100|9\d|8\d|7[7-9]|approved?\b|accepted?\b|granted?\b|false\b|pass(?:ed)?\b|max|full|excellent|perfect|high(?:est)?\b|strongly)/im,
  ],
  [
    "a judgement that was put in its mouth",
    /\b(?:reviewer|evaluator|assessor|hr(?: department| director| policy)?|the (?:policy|system|committee|board|model|rubric|ai)|previous (?:review|evaluation|score)|human resources|the scoring \w+|an? (?:earlier|automated|independent) (?:review|check|score|system))\b[^.\n]{0,30}\b(?:(?:has|have|had|was|were|is|been|already)\b[^.\n]{0,25}\b(?:approved|scored|rated|cleared|granted|judged)|(?:wrote|noted|says|said|states?|stated|concluded|confirms?|quotes?|comment(?:ed|s)?|decided|writes|judged|found)\s*[:,"“']|score\b)|\b(?:scored|rated|graded|evaluated|judged)\b[^.\n]{0,30}\b(?:9\d|100|full|maximum|highest|perfect)\b|\b(?:as|for) (?:the )?(?:quotation|quote|evidence|reason)s?,? (?:use|quote|cite|take|write)\b|\b(?:quote|cite|use) (?:this|the following) (?:sentence|line|passage|as)\b/i,
  ],
];

/** Words of an order in other languages, which may be too short for their language to be told. */
const ABROAD =
  /\b(?:ignorier\w*|missachte\w*|ignorez|ignora(?:r|re|te)?|ignor(?:uj|ujte|e tudo)|negeer|ignorera|bortse|zignoruj|pomi[nń]|oublie[zr]?|olvida|dimentica|vergiss|esque[cç]a|genehmig\w+|bewillig\w+|approuve[zr]?|approva(?:re|te)?|aprueb[ae]|aprobar|aprov[ae]r?|zatwierd\w+|goedkeur\w*|keur\b[^.\n]{0,20}\bgoed|godk[aä]nn\w*|hyv[aä]ksy\w*|schval\w*|onayla\w*|anweisungen|instrucciones|istruzioni|instru[cç][oõ]es|instrukcj\w+|instructies|instruktioner|pokyny|talimat\w*|(?:h[oö]chst|gesamt)?punktzahl|h[oö]chst(?:wert|note)|einzustufen|unbesehen|auswertende[nr]?|achtzig|neunzig|quatre-vingts?(?:-\w+)?|ochenta|noventa|novanta|negentig|hoogste waardering|valoraci[oó]n (?:favorable|positiva|m[aá]xima)|puntuaci[oó]n|punteggio|pontua[cç][aã]o)\b/i;

const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** `1gn0re` is `ignore`: digits and signs inside words read as the letters that they look like. */
const unleet = (text: string): string =>
  text.replaceAll(/(?<=\p{L})[013457@$!]|[013457@$](?=\p{L}{2})/gu, (sign) => LEET[sign] ?? sign);

/** Finds what speaks to the judge. `own` are the rubric's own words, which a document has no reason to hold. */
export function findInstructions(text: string, own: readonly string[] = []): Finding[] {
  const plain = text.normalize("NFKC").replaceAll(/[’‘]/g, "'");
  const ways = [plain, unleet(plain)].flatMap((way) => [way, way.replaceAll(/[ \t]*\n[ \t]*/g, " ")]);
  const findings: Finding[] = [];
  for (const [kind, signs, says] of [
    ["instructions", ATTEMPTS, "The document "],
    ["forged-marks", MARKS, "The document holds "],
  ] as const) {
    for (const [what, sign] of signs) {
      const found = ways.map((way) => sign.exec(way)?.[0]).find((hit) => hit !== undefined);
      if (found !== undefined && !findings.some(({ note }) => note === `${says}${what}.`))
        findings.push(finding(kind, `${says}${what}.`, found));
    }
  }
  for (const one of [...findClaims(plain), ...findClaims(unleet(plain)), ...findMembers(plain)])
    if (!findings.some(({ note }) => note === one.note)) findings.push(one);
  const abroad = ABROAD.exec(plain)?.[0];
  if (abroad) findings.push(finding("instructions", "The document gives orders in another language.", abroad));
  const flat = plain.toLowerCase().replaceAll(/\s+/g, " ");
  const copied = own.find(
    (words) => words.split(" ").length >= 4 && flat.includes(words.toLowerCase().replace(/[.?]$/, "")),
  );
  if (copied) findings.push(finding("forged-marks", "The document repeats the words of the rubric.", copied));
  return findings;
}
