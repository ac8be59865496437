// The reader's work in this process, for what runs without a deployment: tests and `npm run eval`. No function imports this.
import { languagesOf as tell } from "./languages.ts";

export { pdfText } from "./pdf.ts";

export const languagesOf = async (sentences: readonly string[]): Promise<(string | null)[]> => tell(sentences);
