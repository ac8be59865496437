import { expect, test } from "vitest";
import { saidMeasures, tellingWords } from "./said.ts";

const many = (document: string) => Array.from({ length: 10 }, () => document);

test("words that many requests use weigh, but no frequent one, no one's work and nothing personal", () => {
  const words = tellingWords(
    many("My husband, a clerk from Germany, says the auditors complain about missing invoices."),
  );
  expect(words).toEqual(expect.arrayContaining(["complain", "missing"]));
  for (const word of ["my", "the", "husband", "clerk", "germany"]) expect(words).not.toContain(word);
});

test("a word that few requests use weighs nothing, nor do the keys of JSON", () => {
  expect(tellingWords(["Our hobby"])).toEqual([]);
  expect(tellingWords(many('{"justification":"Nothing"}'))).not.toContain("justification");
});

test("what a request says is as many measures whatever its length", async () => {
  const [short, long] = await Promise.all(
    ["Golf, please.", "The inspectors complained twice. We need it by June.\n".repeat(5)].map((document) =>
      saidMeasures(document, ["complained", "hobby"]),
    ),
  );
  expect(short?.length).toBe(long?.length);
  expect(long?.slice(-2)).toEqual([1, 0]);
});
