import { names } from "#deployment";
import type { Environment } from "./environment.ts";

export type Arns = ReturnType<typeof arnsOf>;

/** The ARNs of what the stack makes. They follow from the names, so no policy waits for what it is about. */
export function arnsOf({ account, region, mail, model }: Environment) {
  const here = (service: string) => `arn:aws:${service}:${region}:${account}`;
  const bucketName = `${names.bucket}-${account}`;
  return {
    bucketName,
    bucket: `arn:aws:s3:::${bucketName}`,
    table: (name: string) => `${here("dynamodb")}:table/${name}`,
    queueUrl: (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    queue: (name: string) => `${here("sqs")}:${name}`,
    function: (name: string) => `${here("lambda")}:function:${name}`,
    /** A function's versions and aliases and their executions, not the function itself. */
    executions: (name: string) => `${here("lambda")}:function:${name}:*`,
    logGroup: (functionName: string) => `${here("logs")}:log-group:/aws/lambda/${functionName}`,
    eventBus: `${here("events")}:event-bus/${names.eventBus}`,
    mailIdentity: `${here("ses")}:identity/${mail.identity}`,
    mailConfiguration: `${here("ses")}:configuration-set/longhaul`,
    inferenceProfile: (id: string) => `${here("bedrock")}:inference-profile/${id}`,
    /** Where an inference profile may send a request to the model. */
    models: (id: string) => model.regions.map((to) => `arn:aws:bedrock:${to}::foundation-model/${id}`),
    model: (id: string) => `arn:aws:bedrock:${region}::foundation-model/${id}`,
  };
}
