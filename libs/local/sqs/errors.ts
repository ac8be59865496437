import { WireError } from "../core/wire-error.ts";

const error = (type: string, message: string, status = 400) => new WireError(type, status, message);

/** SQS's own errors, by the names that its clients know. */
export const errors = {
  noQueue: () => error("QueueDoesNotExist", "The specified queue does not exist."),
  nameExists: (name: string) =>
    error("QueueNameExists", `A queue already exists with the name ${name} and other attributes.`),
  invalid: (message: string) => error("InvalidParameterValue", message),
  attribute: (name: string) => error("InvalidAttributeName", `Unknown Attribute ${name}.`),
  tooLong: (limit: number) =>
    error(
      "InvalidParameterValue",
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    ),
  contents: () => error("InvalidMessageContents", "The message contains characters outside the allowed set."),
  emptyBatch: () => error("EmptyBatchRequest", "There should be at least one entry in the request."),
  tooManyEntries: (count: number) =>
    error("TooManyEntriesInBatchRequest", `Maximum number of entries per request are 10. You have sent ${count}.`),
  idsNotDistinct: (id: string) => error("BatchEntryIdsNotDistinct", `Id ${id} repeated.`),
  batchEntryId: () =>
    error(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    ),
  batchTooLong: (limit: number) => error("BatchRequestTooLong", `Batch requests cannot be longer than ${limit} bytes.`),
  receipt: () => error("ReceiptHandleIsInvalid", "The input receipt handle is invalid."),
  unknownAction: (action: string) =>
    error("UnsupportedOperation", `The local SQS does not know the operation ${action}.`),
};

const RENAMED: Readonly<Record<string, string>> = {
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  QueueNameExists: "QueueAlreadyExists",
};
const PREFIXED =
  /^(EmptyBatchRequest|TooManyEntriesInBatchRequest|BatchEntryIdsNotDistinct|InvalidBatchEntryId|BatchRequestTooLong|UnsupportedOperation)$/;

/** The code that the older query protocol had for an error: SQS still tells it beside, and the Python clients go by it. */
export const queryCode = (type: string): string =>
  RENAMED[type] ?? (PREFIXED.test(type) ? `AWS.SimpleQueueService.${type}` : type);
