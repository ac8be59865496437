import type { Judgement } from "./activities.ts";
import { rubric } from "./rubric.ts";

/** From here on a criterion counts as met, and as met in part. */
const [MET, PARTLY] = [77, 50];

/** Why a request ended as it did, for whom it is about: each criterion in words, with what of their document it rests on. */
export function explanationOf(why: string, { score }: Judgement) {
  const reasons = (score?.usable && score.reasons) || [];
  return {
    why: why.slice(0, 2_000),
    points: rubric.criteria.flatMap(({ id, question }) => {
      const judged = reasons.find(({ criterion }) => criterion === id);
      if (!judged) return [];
      const degree = judged.level >= MET ? "Yes" : judged.level >= PARTLY ? "In part" : "Hardly";
      const says = `${degree} (${judged.level} of 100). ${judged.reason}`;
      return [{ label: question, says, ...(judged.quotation && { quotation: judged.quotation }) }];
    }),
  };
}
