/**
 * What the local cloud cannot measure: how long a function waits for AWS, in milliseconds a request. Rounded from what teams
 * report for one region; a function's own time is measured, and these are added to it. They move GB-seconds alone.
 */
export const WAIT_MS = {
  checkpoint: 15,
  dynamoDb: 5,
  s3: 30,
  sqs: 10,
  ses: 60,
  event: 20,
  /** The first token, and each further one. */
  model: 1_000,
  modelToken: 15,
} as const;

/**
 * What reaches a queue costs before an execution starts: the message is sent, received and deleted, and the dispatcher
 * (`libs/intake`) takes it. An upload is registered, copied and read besides.
 */
export const INTAKE = {
  queue: { sqsRequests: 3, s3Reads: 0, s3Writes: 0, dynamoDbReadUnits: 0, dynamoDbWriteUnits: 0, milliseconds: 40 },
  bucket: { sqsRequests: 3, s3Reads: 1, s3Writes: 2, dynamoDbReadUnits: 1, dynamoDbWriteUnits: 1, milliseconds: 120 },
} as const;

/**
 * What the console's index of executions (`libs/executions`) takes of each: two status events on its queue, each written with
 * the seven indexes that hold it. What it was billed is counted from its history after its end, which costs no money.
 */
export const INDEX = {
  sqsRequests: 6,
  dynamoDbWriteUnits: 16,
  invocations: 2,
  milliseconds: 60,
} as const;
