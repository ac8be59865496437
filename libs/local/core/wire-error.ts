import type { ServiceResponse } from "./service.ts";

/** An error as an AWS service gives it: the type that the SDKs switch on, the HTTP status, the message. */
export class WireError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, status: number, message: string) {
    super(message);
    this.name = "WireError";
    this.type = type;
    this.status = status;
  }
}

/** The rest-json form (Lambda, Bedrock, SES): type in a header, message in the body. */
export function restJsonError(error: WireError): ServiceResponse {
  return {
    status: error.status,
    headers: { "content-type": "application/json", "x-amzn-errortype": error.type },
    body: JSON.stringify({
      Type: error.status < 500 ? "User" : "Service",
      Message: error.message,
      message: error.message,
    }),
  };
}

/** The AWS JSON 1.0 and 1.1 form (SQS, EventBridge): type and message in the body. */
export function awsJsonError(error: WireError): ServiceResponse {
  return {
    status: error.status,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-errortype": error.type },
    body: JSON.stringify({ __type: error.type, message: error.message }),
  };
}
