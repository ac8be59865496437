import { z } from "zod";
import { askFunction, readEnvironment } from "#platform";
import { LanguagesAnswer, PdfAnswer, type ReaderRequest } from "./request.ts";

/** Reads by large libraries, which the workflows' bundles would not hold: a function of its own, which may do nothing else. */
export interface Reader {
  /** The text of a PDF in the documents bucket. */
  pdfText(key: string): Promise<PdfAnswer>;
  /** The language of each sentence (ISO 639-1), null where it cannot be told with confidence. */
  languagesOf(sentences: readonly string[]): Promise<(string | null)[]>;
}

/** The deployed reader, as `LONGHAUL_READER` names it. */
export function readerFromEnvironment(): Reader {
  const { LONGHAUL_READER: functionName } = readEnvironment({ LONGHAUL_READER: z.string().min(1) });
  const ask = (input: ReaderRequest) => askFunction({ functionName, qualifier: "live", input });
  return {
    pdfText: async (key) => PdfAnswer.parse(await ask({ read: "pdf", key })),
    languagesOf: async (sentences) => {
      const { languages } = LanguagesAnswer.parse(await ask({ read: "languages", sentences: [...sentences] }));
      return languages;
    },
  };
}
