import { expect, test } from "vitest";
import { pdfText } from "../reading/here.ts";
import { readDocumentText } from "./index.ts";

const noPdf = () => Promise.reject(new Error("It is no PDF."));

const text = (value: string) => Buffer.from(value);

test.each([
  ["an empty file", "a.md", text(""), { field: "document", received: "an empty file" }],
  ["only blanks", "a.txt", text(" \n\t"), { field: "document", received: "one without any" }],
  [
    "a binary file",
    "a.txt",
    Buffer.from([80, 0, 1, 2]),
    { field: "document", expected: "text in UTF-8", received: "binary data" },
  ],
  [
    "another encoding",
    "a.txt",
    Buffer.from("Grüße", "latin1"),
    { field: "document", received: "text in another encoding" },
  ],
  ["an unknown kind", "a.exe", text("MZ"), { field: "name", received: ".exe" }],
  ["no ending", "resume", text("x"), { field: "name", received: "another name" }],
  ["a PDF that is none", "a.pdf", text("hello"), { field: "document", received: "another kind of file" }],
  ["a damaged PDF", "a.pdf", text("%PDF-1.7\nnothing"), { field: "document", received: "a damaged one" }],
])("%s is told as field, expectation and what came", async (_, name, bytes, problem) => {
  expect(await readDocumentText(name, bytes, () => pdfText(bytes))).toEqual({
    readable: false,
    problem: expect.objectContaining(problem),
  });
});

test("text is taken without its byte order mark and with plain line ends", async () => {
  expect(await readDocumentText("a.MD", text("\uFEFF# Hello\r\nGrüße\n"), noPdf)).toMatchObject({
    readable: true,
    text: "# Hello\nGrüße",
  });
});
