import { z } from "zod";
import { names, queueFigures } from "#deployment";
import { type Contract, queueTrigger } from "#workflow";

/** An event that a workflow takes. */
interface Taken {
  contract: Contract;
  type: string;
  businessKey: string;
  schema: z.ZodType;
  says: string;
}

type Json = Record<string, unknown>;

/** JSON Schema draft 7, which AsyncAPI 3 holds without a wrapper. Rules that no schema can say (sums, order) the dispatcher checks. */
const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" });
  return rest;
};

/** The CloudEvent that carries it, https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md. */
const envelopeOf = ({ type, businessKey, schema, contract }: Taken): Json => ({
  title: type,
  description: `CloudEvents 1.0 in JSON, structured mode. \`data.${businessKey}\` is the business key: the same again is the same execution of ${contract.name}.`,
  type: "object",
  required: ["specversion", "id", "source", "type", "data"],
  properties: {
    specversion: { const: "1.0" },
    id: { type: "string", minLength: 1 },
    source: { type: "string", minLength: 1, description: "Who sends: a URI reference." },
    type: { const: type },
    subject: { type: "string", minLength: 1 },
    time: { type: "string", format: "date-time" },
    datacontenttype: { const: "application/json" },
    data: schemaOf(schema),
  },
});

function takenBy(contract: Contract): Taken[] {
  const trigger = queueTrigger(contract);
  if (!trigger) return [];
  const { eventType: type, businessKey } = trigger;
  const signals = Object.entries(contract.signals ?? {}).map(([name, signal]) => ({
    contract,
    type: signal.eventType,
    businessKey: signal.businessKey,
    schema: signal.payload,
    says: `Tells an execution of ${contract.name}: ${name}.`,
  }));
  return [
    { contract, type, businessKey, schema: contract.input, says: `Starts an execution of ${contract.name}.` },
    ...signals,
  ];
}

/** The JSON Schema of each event, by its type. */
export function eventSchemas(contracts: readonly Contract[]): Record<string, Json> {
  const $schema = "http://json-schema.org/draft-07/schema#";
  return Object.fromEntries(contracts.flatMap(takenBy).map((one) => [one.type, { $schema, ...envelopeOf(one) }]));
}

/** What workflows take, as an AsyncAPI 3.0 document: https://www.asyncapi.com/docs/reference/specification/v3.0.0. */
export function asyncApi(contracts: readonly Contract[], version: string): Json {
  const taking = contracts.filter((contract) => queueTrigger(contract));
  const events = taking.flatMap(takenBy);
  const isOf =
    ({ name }: Contract) =>
    ({ contract }: Taken) =>
      contract.name === name;
  const by = <T>(list: readonly Taken[], value: (one: Taken) => T) =>
    Object.fromEntries(list.map((one) => [one.type, value(one)]));
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Longhaul",
      version,
      description:
        "The events that start workflows, and those that reach their executions. Each workflow has an SQS queue.",
    },
    defaultContentType: "application/json",
    channels: Object.fromEntries(
      taking.map((contract) => [
        contract.name,
        {
          address: names.queue(contract.name),
          title: contract.title,
          messages: by(events.filter(isOf(contract)), ({ type }) => ({ $ref: `#/components/messages/${type}` })),
          bindings: {
            sqs: {
              queue: {
                name: names.queue(contract.name),
                fifoQueue: false,
                redrivePolicy: {
                  deadLetterQueue: { name: names.deadLetters(contract.name) },
                  maxReceiveCount: queueFigures.maxReceiveCount,
                },
              },
            },
          },
        },
      ]),
    ),
    operations: Object.fromEntries(
      taking.map((contract) => [
        contract.name,
        {
          action: "receive",
          channel: { $ref: `#/channels/${contract.name}` },
          messages: events
            .filter(isOf(contract))
            .map(({ type }) => ({ $ref: `#/channels/${contract.name}/messages/${type}` })),
        },
      ]),
    ),
    components: {
      messages: by(events, ({ type, says }) => ({
        name: type,
        title: type,
        summary: says,
        contentType: "application/cloudevents+json",
        payload: { $ref: `#/components/schemas/${type}` },
      })),
      schemas: by(events, envelopeOf),
    },
  };
}
