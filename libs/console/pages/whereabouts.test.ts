import { expect, test } from "vitest";
import { sampleReview } from "../../../test/support/reviews.ts";
import { whereabouts } from "./whereabouts.ts";

const review = sampleReview("training-where");
const undeliverable = { act: "undeliverable" as const, at: review.openedAt, by: "Longhaul" };

test.each([
  ["delivered", { delivered: true }, /workflow has it/],
  ["not delivered yet", {}, /on its way/],
  ["undeliverable", { audit: [undeliverable] }, /nothing follows/],
  [
    "of an audit sample",
    { delivered: true, request: { ...review.request, isSample: true as const } },
    /changes nothing/,
  ],
])("of a decision that is %s nothing is said that is not so", (_, over, said) => {
  expect(whereabouts({ ...review, ...over })).toMatch(said);
});
