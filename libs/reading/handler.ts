import { z } from "zod";
import { createBucket, readEnvironment } from "#platform";
import { ReaderRequest } from "./request.ts";

/** The reader's Lambda handler. What it reads by is loaded when first used: who asks for a language waits for no PDF reader. */
export async function handler(event: unknown): Promise<object> {
  const request = ReaderRequest.parse(event);
  if (request.read === "languages") {
    const { languagesOf } = await import("./languages.ts");
    return { languages: languagesOf(request.sentences) };
  }
  const { LONGHAUL_BUCKET } = readEnvironment({ LONGHAUL_BUCKET: z.string().min(3) });
  const [{ body }, { pdfText }] = await Promise.all([
    createBucket(LONGHAUL_BUCKET).get(request.key),
    import("./pdf.ts"),
  ]);
  return pdfText(body);
}
