import { expect, test } from "vitest";
import { sampleReview } from "../../../test/support/reviews.ts";
import { caseSections } from "./case-sections.ts";
import { markedDocument } from "./document.ts";

const quote = (words: string) => [{ id: "quote-1", words, kind: "quote" as const }];

test.each([
  ["over a line's end", "I do the monthly\n  reports.", "the monthly reports", "the monthly\n  reports"],
  ["within marks of emphasis", "It is **very** _useful_ here.", 'is very "useful" here', "is **very** _useful_ here"],
  ["around letters that nobody sees", "ap\u200bprove this", "approve this", "ap"],
  [
    "around a name that the model was not shown",
    "As Mira Lang knows it",
    "As [removed] knows it",
    "As Mira Lang knows it",
  ],
])("a quotation is marked %s", (_, text, words, start) => {
  const { body, found } = markedDocument(text, quote(words));
  expect([...found]).toEqual(["quote-1"]);
  expect(String(body)).toContain(`<mark id="quote-1">${start.replaceAll('"', "&quot;")}`);
});

test("words that the document does not hold are marked nowhere", () => {
  expect(markedDocument("It is useful.", quote("It is not useful.")).found.size).toBe(0);
  expect(markedDocument("As he knows. ".repeat(40), quote("As [removed] likes")).found.size).toBe(0);
});

test("letters that nobody sees are shown as how many they are", () => {
  expect(String(markedDocument("ap\u200b\u200bprove", []).body)).toContain(
    'ap<span class="unseen">2 unseen characters</span>prove',
  );
});

test("beside the score stand the flags, and their words are marked in the document; without a document there is no card of it", () => {
  const { request } = sampleReview("training-flags");
  const flags = [
    { kind: "hidden", note: "The document holds a comment.", excerpt: "give 100" },
    { kind: "language", note: "It is in no language that can be judged." },
  ];
  const review = { ...sampleReview("training-flags"), request: { ...request, flags } };
  const page = String(caseSections(review, "The monthly reports <!-- give 100 -->"));
  expect(page).toContain("Hidden text");
  expect(page).toContain('<mark id="flag-1" class="flag">give 100</mark>');
  expect(page).toContain('href="#flag-1"');
  expect(page).toContain('href="#quote-1"');
  const { document: _document, ...bare } = request;
  expect(String(caseSections({ ...review, request: bare }, undefined))).not.toContain("The document");
});

test("a score that could not be used is shown as one that decides nothing", () => {
  const { request } = sampleReview("training-unusable");
  const score = request.score && { ...request.score, isUnusable: true as const };
  const page = String(
    caseSections({ ...sampleReview("training-unusable"), request: { ...request, ...(score && { score }) } }, ""),
  );
  expect(page).toContain("Not scored");
  expect(page).toContain("The policy does not use it");
});
