import { z } from "zod";
import { createTable, readEnvironment, succeedCallback, wasCallbackAnswered } from "#platform";
import { createReviews, type Reviews } from "./reviews.ts";
import { createReviewStore } from "./store.ts";

/** The reviews of this deployment: the table that LONGHAUL_REVIEWS_TABLE names, callbacks by Lambda's API. */
export function reviewsFromEnvironment(): Reviews {
  const { LONGHAUL_REVIEWS_TABLE } = readEnvironment({ LONGHAUL_REVIEWS_TABLE: z.string().min(3) });
  return createReviews({
    store: createReviewStore(createTable(LONGHAUL_REVIEWS_TABLE)),
    answerCallback: succeedCallback,
    wasAnswered: wasCallbackAnswered,
  });
}
