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
  receipt: () => error("ReceiptHandleIsInvalid", "The input receipt handle is invalid."),
  unknownAction: (action: string) =>
    error("UnsupportedOperation", `The local SQS does not know the operation ${action}.`),
};
