export { type Reader, readerFromEnvironment } from "./reader.ts";
export type { PdfAnswer } from "./request.ts";
