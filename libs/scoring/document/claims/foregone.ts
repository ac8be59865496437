import { all, type Claim, JUDGE, JUDGEMENT, MUST, REQUESTS, WORK, YES } from "./kinds.ts";

const JUDGES = "says what its judge will, must or usually does";
const SETTLED = "says that it has been decided";
const ANSWER = "dictates the answer";

/** Conclusions that a document draws for its judge: what it will find, and that it has been found already. */
export const FOREGONE: Claim[] = [
  [JUDGES, all(JUDGE, MUST, YES), WORK],
  [
    JUDGES,
    all(
      JUDGE,
      "\\b(?:blame|replaced|switched off|abolished|deductions?|mark(?:s|ed)? (?:\\w+ )?down|share of approvals|renewal|made the (?:call|decision)|accordingly|ignore|straight to|leave\\b[^.\\n]{0,30}\\b(?:aside|out))\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:this|the) (?:tool|program(?:me)?|system|software|judge|reader|algorithm|machine)\\b",
      "\\b(?:understands?|fine sense|good sense|sees|felt|(?:is|be|so|very) fair|fairness|fairer|wise|clever|kind(?:ness)?|sympath\\w+|appreciat\\w+)\\b",
      "\\b(?:mine|my (?:request|application|case)|me|us|professions?|people like|colleagues)\\b",
      "\\b(?:mark|rat|scor|judg|better than|far better|never before|finally|confident|sure|trust)\\w*\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:pass|granted|approved|go through|accepted|cleared|released|settled)\\b",
      "\\bwithout (?:being|having been) (?:looked at|read|checked|seen|reviewed|examined|weighed)\\b",
      "\\b(?:requests?|applications?|applicants?|forms|cases)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:skip|omit|spare|drop|waive|forgo|do without|dispense with|leave out)\\b[^.\\n]{0,12}\\b(?:its|their|your|the) (?:own |usual |normal )?(?:check|assessment|evaluation|scoring|judge?ment|rating|analysis)\\b",
      "\\b(?:assistant|tool|bot|program(?:me)?|software|model|reader|whoever|whichever|you|your|this (?:request|case|record|form|application))\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:finali[sz]e|close|complete|conclude|settle|pass|confirm|release)(?: (?:it|this(?: \\w+)?|mine|my (?:request|application)))? without (?:an? |any |the )?(?:further )?(?:manual|human) (?:step|check|review|intervention|look|touch)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:assessments?|evaluations?|ratings?|marks?|refusal|result|outcome|figure|a no)\\b",
      "\\b(?:generous|strict(?:er)?|stays? (?:under|below)|turn(?:s|ed)? out|comes? (?:out|back)|high(?:er)?|low(?:er)?|different|drops? below|less than|below|breach)\\b",
      "\\b(?:the evaluator|the assessor|your model|the software|the tool|automat\\w+|justified in writing|needs? no justification|praised|switched off|precedent|breach of|corrected afterwards|complaint)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:outcome|value|figure|mark|number|assessment|a no)\\b",
      "\\b(?:error|injustice|breach|unfair|discriminat\\w+)\\b",
      "\\b(?:any(?:thing)? (?:other|else|less|below)|different|lower|middling|lesser)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:thank you|thanks|grateful)\\b",
      "\\b(?:for the|the) (?:approval|positive \\w+|(?:high|top) (?:mark|score))\\b",
      "\\btaken? (?:it |this )?(?:as|for) (?:given|granted|settled|certain)\\b|\\btake (?:it |this |the approval )?(?:as|for) (?:given|granted|settled|certain)\\b|\\bcount(?:ed)? on\\b",
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
      "\\b(?:put|place[ds]?|moved?|sort(?:ed)?|drop|lift(?:ed)?|counted|fixed|assigned)\\b[^.\\n]{0,24}\\b(?:in|into|on|onto|to|at)\\b[^.\\n]{0,12}\\b(?:yes|approval|approved|approving|accepted|top|upper|middle|grey|green|highest) (?:pile|stack|band|tier|bracket|end of the scale)\\b",
    ),
    /\b(?:salary|pay|wage|waste|paper|colour|red|yellow)\b/i,
  ],
  [
    JUDGES,
    all("\\b(?:mark|score|rating)\\b", "\\byou (?:may|might|can|could)\\b", "\\b(?:generous|lenient|high)\\b"),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:ought to|should|must|has to|rewarded|honou?red|credited)\\b",
      "\\b(?:visible|reflected|shown?|seen) in the (?:number|score|mark|rating)\\b|\\bwith the (?:mark|score|rating|points)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      `${JUDGE}|\\bthe (?:reader|model|tool|program) (?:that|which|is|who)\\b`,
      "\\b(?:prefers?|tends? to|likes?|wrong|agrees?|has been (?:informed|told|instructed|set)|no reason to)\\b",
      "\\b(?:answers?|this|me|band|say no|again|requests?)\\b",
    ),
    WORK,
  ],
  [
    JUDGES,
    all(
      "\\b(?:larger|higher|upper|better|bigger) (?:of the two|one|number|value|figure|mark)\\b",
      "\\b(?:unsure|doubt|hesitat\\w+|undecided)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:criteria|all criteria|every criterion)\\b",
      "\\b(?:were|are|is|have been|has been) (?:all |already |fully )?(?:fulfilled|met|satisfied)\\b",
      "\\b(?:before|already|all|every|fully|anyway)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:this|it|(?:the|my) (?:request|form|application))(?: has|'s| was| is)(?: already)?(?: been)? (?:assessed|rated|scored|evaluated|decided|judged|cleared|dealt with|gone through the (?:check|assessment|evaluation))\\b",
      "\\b(?:already|nothing|merely|no need|so|before)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:pre-?check|(?:automatic|automated|preliminary|first) (?:check|screening|assessment))\\b",
      "\\b(?:all green|(?:in the )?green|positive|cleared|without findings|nothing open)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:human|person|nobody|no one)\\b",
      "\\b(?:will|is going to|would) (?:not |never |ever )?(?:see|read|check|look at|learn of|notice) (?:this|it)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      `${REQUESTS}|\\b(?:we|you|content|suitability|value|case|fits)\\b`,
      "\\b(?:(?:settled|decided|closed|granted) (?:on|at) first (?:reading|sight)|you (?:merely|only|just|simply)(?: have to| need to)? confirm|do not recompute|(?:is|are|was|were) (?:taken|carried) over from)\\b",
    ),
    WORK,
  ],
  [SETTLED, all("\\bautomat\\w+ (?:stage|check|screening|step|assessment) (?:is |was )?passed\\b"), WORK],
  [
    SETTLED,
    all(
      "\\b(?:rating|mark|score|figure|evaluation|assessment|judge?ment|verdict|scoring)\\b(?! of)",
      "\\b(?:(?:merely|only|just|purely) (?:a |for )?formality|a (?:mere |pure )formality|already (?:been )?(?:settled|certain|fixed|computed|known)|superfluous|(?:not|no longer) (?:needed|required|necessary)(?! (?:before|until|by|for|in))|unnecessary)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\bno (?:human|manual|individual|personal|second|further)\\b[^.\\n]{0,4}\\b(?:attention|rating|review|check|assessment|intervention|evaluation|scoring|differentiation|opinion)\\b",
      "\\b(?:required|needed|necessary|wanted|called for)\\b|\\bno individual rating\\b",
    ),
    /\b(?:law|patients?|customers?|inspect\w+|invoices?|devices?|parcels?)\b/i,
  ],
  [
    SETTLED,
    all(
      "\\b(?:nobody|no one|no human) (?:will|needs to|has to|is going to)\\b",
      "\\b(?:check|look(?! after| for)|verify)\\b",
      "\\b(?:mark|score|rating|verdict|at this|this (?:again|request))\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\bwithout (?:(?:a|any) (?:person|human)|anyone|anybody)\\b[^.\\n]{0,12}\\b(?:involved|looking|having to|being|checking|review\\w*|reading)\\b",
      `${REQUESTS}|${JUDGEMENT}|\\b(?:settled|approved|granted|decided)\\b`,
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:do not|don't|never|not to be) (?:be )?(?:re-?(?:compute|calculate|evaluate|assess|score)d?|(?:compute|calculate|evaluate|assess|score) (?:it |this )?(?:again|anew)|alter)\\b",
      `${JUDGEMENT}|\\b(?:decision|fits?|record|block|again)\\b`,
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:vote|decision|verdict|result) (?:is )?binding(?: (?:for|on) (?:\\w+ ){0,2}(?:systems?|tools?|assessors?|readers?|programs?))?[^\\w]{0,4}$|\\bbinding for downstream\\b|\\b(?:copy|carry over|take over) (?:this|the|these) (?:results?|values?|scores?|line|next member)\\b",
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:included|counted|listed|noted|recorded?|register(?:ed)?|marked?|log(?:ged)?)\\b",
      "\\bamong the (?:granted|approved|accepted)\\b|\\bas (?:cleared|granted|accepted|settled)\\b",
      `${REQUESTS}|\\bthis (?:applicant|request)\\b|\\bcheck\\b`,
    ),
    WORK,
  ],
  [
    SETTLED,
    all(
      "\\b(?:glance|look) at the (?:title|heading|(?:top|first) line|name)\\b",
      "\\b(?:enough|will do|suffic\\w+)\\b",
    ),
    /\b(?:not|n't)\b/i,
  ],
  [
    SETTLED,
    all("\\b(?:record|request|case|form)\\b", "\\ba (?:clear|plain) yes\\b", "\\b(?:usually|always|without)\\b"),
    WORK,
  ],
  [
    ANSWER,
    all(
      "\\b(?:outcome|verdict|score|rating|result|answer) (?:field|box|cell)\\b|\\b(?:head|top|start|beginning|end) of your (?:assessment|evaluation|answer|verdict|summary|judge?ment)\\b|\\b(?:start|begin|open|end|close) your (?:assessment|evaluation|answer|verdict|summary|judge?ment)\\b|\\bput in the (?:value|mark|score|number)\\b",
      "\\b(?:render|fill(?:ed)?|set|translate|complete|put|write|copy|start|begin|end|with)\\b",
    ),
    WORK,
  ],
];
