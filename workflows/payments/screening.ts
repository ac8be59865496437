import { decideByBands, type ScoreOutcome } from "#scoring";
import { bands, LIMITS, type Payment } from "./contract.ts";
import { formatMoney } from "./money.ts";

/** `clear`: goes on. `person`: one officer, or two, approve it. `rejected`: ends here. `reasons` are for the officer. */
export type Screening = { verdict: "clear" | "odd" | "person" | "rejected"; reasons: string[]; fourEyes: boolean };

/** Goods that are as good as cash draw fraud. */
const LIKE_CASH = /gift ?card|voucher|prepaid|crypto|bullion/i;
const MANY = 100;

export function screenByRules({ amount, lines, payer, payee }: Payment): Screening {
  const { minor } = amount;
  const fourEyes = minor > LIMITS.fourEyes;
  const reasons: string[] = [];
  if (payer.account === payee.account) return { verdict: "rejected", reasons: ["Payer and payee are one."], fourEyes };
  if (minor > LIMITS.review) reasons.push(`The amount ${formatMoney(amount)} is over the limit.`);
  const isOdd = lines.some(({ description, quantity }) => LIKE_CASH.test(description) || quantity > MANY);
  if (isOdd) reasons.push("The goods are as good as cash, or unusually many.");
  if (minor > LIMITS.review) return { verdict: "person", reasons, fourEyes };
  return { verdict: isOdd ? "odd" : "clear", reasons, fourEyes };
}

/** What the model makes of an odd payment. Without a usable score a person looks. */
export function screenByScore({ reasons, fourEyes }: Screening, score: ScoreOutcome<object>): Screening {
  if (!score.usable)
    return { verdict: "person", reasons: [...reasons, `No usable score: ${score.explanation}`], fourEyes };
  const said = decideByBands(score.value, bands);
  const verdict = said === "approved" ? "clear" : said;
  return { verdict, reasons: [...reasons, `It looks ordinary to ${score.value} of 100.`], fourEyes };
}

/** The order in words, for the model and without anybody's name, account or card. */
export function describeOrder({ amount, lines, shipTo }: Payment): string {
  const items = lines.map(({ quantity, description }) => `- ${quantity} pieces of ${description}`);
  return [`Order of ${formatMoney(amount)}, to be shipped to ${shipTo.zone.split(":", 1)[0]}.`, ...items].join("\n");
}
