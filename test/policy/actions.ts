/** The IAM action of each AWS command that `libs/platform` sends. */
export const ACTIONS: Readonly<Record<string, string>> = {
  Converse: "bedrock:InvokeModel",
  Delete: "dynamodb:DeleteItem",
  Get: "dynamodb:GetItem",
  GetDurableExecutionHistory: "lambda:GetDurableExecutionHistory",
  GetObject: "s3:GetObject",
  HeadObject: "s3:GetObject",
  Invoke: "lambda:InvokeFunction",
  Put: "dynamodb:PutItem",
  PutObject: "s3:PutObject",
  Query: "dynamodb:Query",
  SendDurableExecutionCallbackFailure: "lambda:SendDurableExecutionCallbackFailure",
  SendDurableExecutionCallbackHeartbeat: "lambda:SendDurableExecutionCallbackHeartbeat",
  SendDurableExecutionCallbackSuccess: "lambda:SendDurableExecutionCallbackSuccess",
  SendEmail: "ses:SendEmail",
  SendMessage: "sqs:SendMessage",
  Update: "dynamodb:UpdateItem",
};
