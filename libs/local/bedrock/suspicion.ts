/** What a document says to whoever judges it, rather than about what it asks for. */
const SIGNS: [string, RegExp][] = [
  [
    "it tells the reader to set its instructions aside",
    /\b(ignore|disregard|forget|override|bypass|skip)\b[^.\n]{0,60}\b(instructions?|rules?|rubric|prompts?|guidelines|criteria|above|previous|everything)\b/i,
  ],
  [
    "it asks for a score",
    /\b(score|rate|rating|grade|mark|level|points?)\b[^.\n]{0,40}\b(100|maximum|max|highest|perfect|full|top)\b|\b(full|maximum|highest|perfect|top|100)\b[^.\n]{0,20}\b(scores?|rating|grade|marks|levels?|points)\b/i,
  ],
  [
    "it speaks to a model",
    /\b(language model|LLM|AI (?:assistant|model|reviewer|evaluator|scorer|system|judge)|dear (?:ai|model|system|evaluator|assistant))\b/i,
  ],
  [
    "it gives the reader a role",
    /\b(you are (?:now|no longer)|from now on|act as|pretend (?:to|that)|role-?play|imagine you are|developer mode|jailbreak)\b/i,
  ],
  [
    "it forges marks of a system",
    /^\s*(system|assistant|developer)\s*:|<\/?\s*(system|assistant|instructions?|document[\w-]*)\b|\[\/?(INST|SYSTEM)\]|<\|[^|>]*\|>|#{2,}\s*(system|instructions?|new instructions)/im,
  ],
  [
    "it orders its own approval",
    /\b(must|shall|has to|have to|should) be approved\b|\bapprove (?:this|me|it|the request)\b[^.\n]{0,40}\b(immediately|automatically|now|at once|without)\b/i,
  ],
  ["it names parts of the answer", /"?(suspicious|suspicion|criteria|fit-to-role)"?\s*[:=]/i],
  [
    "it holds hidden text",
    /<!--|\u200b|\u200c|\u200d|\u2060|\ufeff|[\u202a-\u202e\u2066-\u2069]|display\s*:\s*none|font-size\s*:\s*0/i,
  ],
  ["it holds encoded text", /\b[A-Za-z0-9+/]{60,}={0,2}/],
];

/** What the document tries, in a few words; undefined where it only asks for what it asks for. */
export function suspicionOf(document: string): string | undefined {
  const text = document.normalize("NFKC");
  return SIGNS.find(([, sign]) => sign.test(text))?.[0];
}
