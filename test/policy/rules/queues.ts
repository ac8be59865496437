import { type Resource, type Rule, statementsOf, without } from "../resource.ts";

const DEAD_LETTERS = /-(dead-letters|failures|undelivered-events)$/;

/** A statement that denies all of `service` without TLS. */
const deniesPlainText = (policy: string, service: string) =>
  statementsOf(policy).some(
    ({ Effect, Action, Condition }) =>
      Effect === "Deny" &&
      String(Action).startsWith(`${service}:`) &&
      Condition?.Bool?.["aws:SecureTransport"] === "false",
  );

const isEncrypted = ({ kms_master_key_id: key }: Resource["values"]) => String(key).startsWith("arn:aws:kms:");

export const queueRules: Rule[] = [
  {
    id: "queue-encrypted",
    promise: "every queue and topic is encrypted by a key of ours",
    check: ({ of }) => without(of("aws_sqs_queue", "aws_sns_topic"), "has no key", isEncrypted),
  },
  {
    id: "queue-dead-letters",
    promise: "every queue has a dead-letter queue, or is one",
    check: ({ of }) =>
      without(
        of("aws_sqs_queue"),
        "has no dead-letter queue",
        ({ name, redrive_policy }) => DEAD_LETTERS.test(name) || isRedrive(redrive_policy),
      ),
  },
  {
    id: "queue-redrive-allow",
    promise: "every dead-letter queue says which queues may use it",
    check: ({ of }) => {
      const said = new Set(of("aws_sqs_queue_redrive_allow_policy").map(({ values }) => values.queue_url));
      const deadLetters = of("aws_sqs_queue").filter(({ values }) => DEAD_LETTERS.test(values.name));
      return without(deadLetters, "may be used by any queue", ({ url }) => said.has(url));
    },
  },
  {
    id: "queue-tls",
    promise: "every queue and topic refuses what comes without TLS",
    check: ({ of }) => {
      const policies = [...of("aws_sqs_queue_policy"), ...of("aws_sns_topic_policy")];
      const policyOf = ({ url, arn }: Resource["values"]) =>
        policies.find(({ values }) => values.queue_url === url || values.arn === arn)?.values.policy as
          | string
          | undefined;
      return without(of("aws_sqs_queue", "aws_sns_topic"), "takes plain text", (values, { type }) => {
        const policy = policyOf(values);
        return policy && deniesPlainText(policy, type === "aws_sqs_queue" ? "sqs" : "sns");
      });
    },
  },
  {
    id: "queue-not-public",
    promise: "no queue, topic or bucket lets everybody in",
    check: ({ of }) =>
      without(
        of("aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_s3_bucket_policy"),
        "lets everybody in",
        ({ policy }) =>
          statementsOf(policy).every(
            ({ Effect, Principal, Condition }) =>
              Effect === "Deny" || (Principal !== "*" && (isNamed(Principal) || Condition)),
          ),
      ),
  },
  {
    id: "event-source-in-parts",
    promise: "every event source mapping answers in parts and has an upper bound of invocations",
    check: ({ of }) =>
      without(
        of("aws_lambda_event_source_mapping"),
        "answers as a whole or without a bound",
        ({ function_response_types: types, scaling_config: [scaling] = [] }) =>
          types?.includes("ReportBatchItemFailures") && scaling?.maximum_concurrency >= 2,
      ),
  },
];

function isRedrive(policy: unknown): boolean {
  try {
    return typeof (JSON.parse(String(policy)) as { deadLetterTargetArn?: unknown }).deadLetterTargetArn === "string";
  } catch {
    return false;
  }
}

/** An account's principals; a service needs a condition that says for whom it acts. */
const isNamed = (principal: unknown) => JSON.stringify(principal).includes("arn:aws:iam::");
