import { expect, test } from "vitest";
import { apply } from "./blocks.ts";

// What the guides write is checked with all that `npm run new` makes, in test/new/templates.test.ts; that their commands run is
// test/guides/prove.ts, one of the proofs of .ci/run.
test("what a guide does not quote rightly, or changes where nothing is, would be seen", () => {
  const quoted = { language: "ts", file: "a.ts", text: "const b = 2;\n", line: 1 };
  expect(() => apply(quoted, "const a = 1;")).toThrow("does not say");
  expect(apply({ ...quoted, text: "const a =\n  1;" }, "const a = 1;")).toBe("const a = 1;");
  const diff = { ...quoted, language: "diff", text: " one\n-two\n+three\n" };
  expect(apply(diff, "one\ntwo\n")).toBe("one\nthree\n");
  expect(() => apply(diff, "one\n")).toThrow("found 0 times");
});
