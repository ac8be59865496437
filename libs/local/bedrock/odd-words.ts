const HIGH =
  "(?:7[7-9]|8\\d|9\\d|100|(?:seventy-(?:seven|eight|nine)|eighty|ninety|eighties|nineties)(?:-\\w+)?|one hundred|full hundred)";
/** After it a figure stands for itself: `above 90.` and not `above 90 decibels`. */
const ALONE = "(?=\\s*(?:[.,;:!?\"')\\]}|]|$|and\\b|or\\b|for this\\b|points?\\b|of (?:100|a hundred)\\b|\\/ ?100))";

const both = (...kinds: string[]): RegExp[] => kinds.map((kind) => new RegExp(`\\b(?:${kind})\\b`, "i"));

/** Kinds of words that seldom stand together in a sentence of somebody who only asks for a training. */
const TOGETHER: RegExp[][] = [
  [
    new RegExp(
      `\\b(?:above|over|beyond|upwards of|at least|min(?:imum)?|not (?:below|under|less than)|stays?|around|near)\\s+(?:the )?${HIGH}${ALONE}`,
      "i",
    ),
  ],
  both(
    "assess(?:ed|ments?|ors?|ing)?|evaluat\\w+|scor(?:e|es|ed|ing|er)|rat(?:ed|ings?)|verdicts?|thresholds?|bands?|points|judg\\w+|marks?|approv\\w+",
    "automat\\w+|tools?|programs?|programming|algorithms?|machines?|systems? like|readers?|bots?|models?|a\\.?i\\.?",
  ),
  [
    ...both(
      "assess(?:ed|ments?)|evaluat(?:ed|ions?)|scor(?:e|es|ed)|rat(?:ed|ings?)|verdicts?|points|results?|outcomes?|values?|marks?|answers?",
    ),
    new RegExp(`(?<![\\d.,:/€$£-])\\b${HIGH}${ALONE}`, "i"),
  ],
  both(
    "bands?|marks?|scor(?:e|es|ing)|rating|levels?|verdict|assessment|evaluation|approval",
    "highest|upper|maximum|full|perfect",
  ),
  both(
    "assess\\w*|evaluat\\w+|scor(?:e|es|ed|ing)|rat(?:ed|ing)s?|verdict|approv\\w+|reject\\w*",
    "you|your|whoever|reader",
    "must|should|shall|will|never|always|please|kindly|need not|skip|ignore",
  ),
  both("(?:first|initial) letters|conscience"),
];

/**
 * Whether a sentence speaks of judging, of what judges, and of figures that approve, together. It accuses nobody, for that is some
 * people's work; but nothing is approved beside it.
 */
export const speaksOfJudging = (text: string): boolean =>
  text
    .split(/\n+|(?<=[.!?])\s+/)
    .some((sentence) => TOGETHER.some((kinds) => kinds.every((kind) => kind.test(sentence))));
