export { type Bucket, createBucket, ObjectNotFoundError, type StoredObject } from "./bucket.ts";
export { type BusEvent, EventsRefusedError, putEvents } from "./bus.ts";
export { isAwsError } from "./call.ts";
export { ConfigurationError, readEnvironment } from "./config.ts";
export { LonghaulError } from "./errors.ts";
export {
  failCallback,
  findCallback,
  heartbeatCallback,
  startExecution,
  stopExecution,
  succeedCallback,
  wasCallbackAnswered,
} from "./executions.ts";
export { askFunction, FunctionFailedError } from "./functions.ts";
export { type Letter, openLetters, postLetter } from "./letters.ts";
export { logger } from "./logger.ts";
export { type LogLine, searchLog } from "./logs.ts";
export { sendMail } from "./mail.ts";
export { type Metrics, writeMetrics } from "./metrics.ts";
export { converse } from "./model.ts";
export { PRICES, type Priced, usdOf } from "./prices.ts";
export { countMessages, findQueue, sendMessage, sendMessages } from "./queue.ts";
export { readSecret } from "./secret.ts";
export { createTable, type Expression, type Item, type Query, queryAll, type Table } from "./table.ts";
export { hasCollector, sendSpans } from "./traces/send.ts";
export { type Span, spanIdOf, traceIdOf } from "./traces/span.ts";
export { readUsage, type Usage } from "./usage.ts";
export { versionCalls } from "./versions.ts";
export {
  type ExecutionDetails,
  type ExecutionEvent,
  type ExecutionSummary,
  getExecution,
  getHistory,
  listExecutions,
} from "./watch.ts";
