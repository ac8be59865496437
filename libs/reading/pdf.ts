import { extractText, getDocumentProxy } from "unpdf";
import type { PdfAnswer } from "./request.ts";

/** The text of a PDF with a text layer. */
export async function pdfText(bytes: Uint8Array): Promise<PdfAnswer> {
  try {
    // pdf.js takes the buffer for itself: give it a copy.
    const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
    const { text } = await extractText(document, { mergePages: true });
    return { readable: true, text };
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    return { readable: false, received: locked ? "one with a password" : "a damaged one" };
  }
}
