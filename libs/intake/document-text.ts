import type { PdfAnswer } from "#reading";
import type { Refusal } from "./errors.ts";

export type DocumentFormat = "json" | "md" | "txt" | "pdf";

export type DocumentText =
  | { readable: true; format: DocumentFormat; text: string }
  | { readable: false; problem: Refusal };

const unreadable = (field: string, expected: string, received: string): DocumentText => ({
  readable: false,
  problem: { field, expected, received },
});

/**
 * The text of a document, by its name's ending: `.json`, `.md`, `.txt` in UTF-8, or `.pdf` with a text layer. What cannot
 * be read is told as data, for whoever sent it can mend it. The text of a JSON document is not yet validated. `pdfText` reads
 * the document where it is a PDF.
 */
export async function readDocumentText(
  name: string,
  bytes: Uint8Array,
  pdfText: () => Promise<PdfAnswer>,
): Promise<DocumentText> {
  const format = /\.(json|md|txt|pdf)$/i.exec(name)?.[1]?.toLowerCase() as DocumentFormat | undefined;
  if (!format) {
    const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "another name";
    return unreadable("name", "a name that ends in .json, .md, .txt or .pdf", ending);
  }
  if (bytes.byteLength === 0) return unreadable("document", "a document with text", "an empty file");
  const decoded = format === "pdf" ? await textOfPdf(bytes, pdfText) : plainText(bytes);
  if (!decoded.readable) return decoded;
  const text = decoded.text.replaceAll("\r\n", "\n").trim();
  return text === ""
    ? unreadable("document", "a document with text", "one without any")
    : { readable: true, format, text };
}

function plainText(bytes: Uint8Array): DocumentText {
  if (bytes.includes(0)) return unreadable("document", "text in UTF-8", "binary data");
  try {
    return { readable: true, format: "txt", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return unreadable("document", "text in UTF-8", "text in another encoding");
  }
}

async function textOfPdf(bytes: Uint8Array, pdfText: () => Promise<PdfAnswer>): Promise<DocumentText> {
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") !== "%PDF-") {
    return unreadable("document", "a PDF, as its name says", "another kind of file");
  }
  const read = await pdfText();
  return read.readable
    ? { readable: true, format: "pdf", text: read.text }
    : unreadable("document", "a PDF that can be read", read.received);
}
