import type { Judgement } from "./criteria.ts";

/** What makes a reason concrete, one sign each: figures, things of the work, doing something about it, a purpose. */
const SIGNS = [
  /\d/,
  /\b(projects?|customers?|clients?|audits?|deadlines?|releases?|incidents?|complaints?|errors?|shifts?|vehicles?|patients?|reports?|systems?|migrations?|regulations?|laws?|licen[cs]es?|accidents?|suppliers?|candidates?|pupils?|guests?|machines?|sites?|invoices?|campaigns?|teams?|standards?|services?|tickets?|routes?|orders?|contracts?|colleagues?)\b/i,
  /\b(reduc|increas|improv|replac|introduc|lead|tak(?:e|ing) over|avoid|cut|prepar|build|handl|hir|train|implement|maintain|repair|install|manag|plan|migrat|test|audit|analy[sz]|teach|serv|sell|negotiat|renew|requir)\w*\b/i,
  /\b(because|so that|in order to|since|currently|at the moment|last|next|this (?:year|month|quarter|spring|summer|autumn|winter)|need|must|have to|will|expires?|until|by (?:the end|january|february|march|april|may|june|july|august|september|october|november|december))\b/i,
];
const FEW_WORDS = 6;

/** Judges reasons by signs of something concrete; their length alone does not count. */
export function concreteness(reasons: string | undefined): Judgement {
  if (!reasons) return { level: 0, reason: "No reasons are given.", quotation: null };
  const signs = SIGNS.filter((sign) => sign.test(reasons)).length;
  const level = reasons.split(/\s+/).length < FEW_WORDS ? 20 : 30 + signs * 17;
  const reason = `The reasons show ${signs} of 4 signs of something concrete: figures, things, tasks, purposes.`;
  return { level, reason, quotation: /^[^.!?\n]{1,300}/.exec(reasons)?.[0].trim() ?? null };
}

/** About what a euro is worth in other currencies, by order of size: this judges proportion, not price. */
const PER_EURO: [RegExp, number][] = [
  [/PLN|zł/i, 4],
  [/SEK|NOK|DKK|\bkr\b/i, 10],
  [/CZK|Kč/i, 25],
  [/HUF|Ft/i, 400],
  [/INR|₹/i, 90],
  [/JPY|¥/i, 160],
];
/** Levels by euros, up to and including. */
const LEVELS: [number, number][] = [
  [800, 95],
  [2_000, 85],
  [4_000, 65],
  [8_000, 40],
  [20_000, 15],
];

/** Judges the cost of a training as such: what it brings is beyond a model like this. */
export function proportion(cost: string | undefined): Judgement {
  const digits = /\d[\d.,' ]*/.exec(cost ?? "")?.[0];
  const amount = digits === undefined ? Number.NaN : amountOf(digits);
  if (!cost || Number.isNaN(amount)) {
    const free = /\b(free|no cost|nothing|covered)\b/i.test(cost ?? "");
    return {
      level: free ? 100 : 50,
      reason: free ? "It costs nothing." : "The cost is not stated.",
      quotation: cost ?? null,
    };
  }
  const [, perEuro = 1] = PER_EURO.find(([currency]) => currency.test(cost)) ?? [];
  const level = LEVELS.find(([most]) => amount / perEuro <= most)?.[1] ?? 0;
  return { level, reason: "The cost is set against what trainings usually cost.", quotation: cost };
}

/** `1,200.50`, `1.200,50`, `1 200` and `1'200` are numbers. */
function amountOf(digits: string): number {
  const plain = digits
    .trim()
    .replaceAll(/[ ']/g, "")
    .replaceAll(/[.,](?=\d{3}(?:\D|$))/g, "");
  return Number.parseFloat(plain.replace(",", "."));
}
