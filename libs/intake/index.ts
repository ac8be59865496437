export { createDispatcher, type DispatcherPorts } from "./dispatcher.ts";
export { DocumentInput } from "./document-input.ts";
export { type DocumentFormat, type DocumentText, readDocumentText } from "./document-text.ts";
export { type Refusal, RefusedMessageError } from "./errors.ts";
export { executionOf } from "./event.ts";
export { refusalOf } from "./refusal.ts";
export { createRequests, type Request, type Requests, requestTable } from "./requests.ts";
