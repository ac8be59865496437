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
 * be read is told as data, for whoever sent it can mend it. The text of a JSON document is not yet validated.
 */
export async function readDocumentText(name: string, bytes: Uint8Array): Promise<DocumentText> {
  const format = /\.(json|md|txt|pdf)$/i.exec(name)?.[1]?.toLowerCase() as DocumentFormat | undefined;
  if (!format) {
    const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "another name";
    return unreadable("name", "a name that ends in .json, .md, .txt or .pdf", ending);
  }
  if (bytes.byteLength === 0) return unreadable("document", "a document with text", "an empty file");
  const decoded = format === "pdf" ? await pdfText(bytes) : plainText(bytes);
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

async function pdfText(bytes: Uint8Array): Promise<DocumentText> {
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") !== "%PDF-") {
    return unreadable("document", "a PDF, as its name says", "another kind of file");
  }
  try {
    const { extractText, getDocumentProxy } = await import("unpdf");
    // pdf.js takes the buffer for itself: give it a copy.
    const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 }), {
      mergePages: true,
    });
    return { readable: true, format: "pdf", text };
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    return unreadable("document", "a PDF that can be read", locked ? "one with a password" : "a damaged one");
  }
}
