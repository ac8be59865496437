import { expect, test } from "vitest";
import { partLinks } from "./part-links.ts";

test("the parts of a continued case link to one another, and any other execution has no such link", () => {
  const first = { InputPayload: '{"id":"1"}', Result: '{"continuedAs":{"execution":"count-1-c2","part":2}}' };
  expect(String(partLinks(first))).toBe('<p>It goes on as <a href="/executions?search=count-1-c2">count-1-c2</a>.</p>');
  const second = { InputPayload: '{"continues":{"first":"count-1","of":"count-1","part":2},"input":{},"state":1}' };
  expect(String(partLinks({ ...second, Result: '{"sum":3}' }))).toContain(
    'It continues <a href="/executions?search=count-1">',
  );
  expect(String(partLinks({ InputPayload: "no JSON", Result: undefined }))).toBe("");
});
