import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A mistake to plant in a copy of the modules: in this file, this becomes that. */
export interface Mistake {
  what: string;
  file: string;
  from: string | RegExp;
  to: string;
}

/** @throws Error where the file does not hold what is to be replaced: then the mistake must be written anew */
export async function plant({ what, file, from, to }: Mistake, modules: string): Promise<void> {
  const path = join(modules, file);
  const before = await readFile(path, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`Expected ${file} to hold ${from}, to plant "${what}".`);
  await writeFile(path, after);
}

const durable = "durable-function/main.tf";
const plain = "function/main.tf";

/** What `terraform validate` finds by the provider's schema. */
export const invalid: Mistake[] = [
  { what: "an unknown argument", file: plain, from: "  publish = true", to: "  publish = true\n  published = true" },
  { what: "a missing role", file: plain, from: /^ {2}role {2,}=.*\n/m, to: "" },
  { what: "a wrong type", file: plain, from: /memory_size( *)= .*/, to: 'memory_size$1= "much"' },
  { what: "an unknown block", file: plain, from: 'dynamic "durable_config"', to: 'dynamic "durability"' },
  { what: "a misspelt type", file: "queue/main.tf", from: '"aws_sqs_queue_policy"', to: '"aws_sqs_queue_polisy"' },
  { what: "a variable that nobody declared", file: "intake/main.tf", from: "var.batch_size", to: "var.batch" },
  { what: "an output that nobody declared", file: "intake/main.tf", from: "module.queue.arn", to: "module.queue.urn" },
];

/** What the policy finds, by the rule that must find it. All are planted at once. */
export const forbidden: (Mistake & { rule: string })[] = [
  {
    rule: "no-latest",
    what: "$LATEST behind an alias",
    file: "function/main.tf",
    from: /function_version = .*/,
    to: 'function_version = "$LATEST"',
  },
  {
    rule: "function-published",
    what: "a function that is not published",
    file: plain,
    from: "publish = true",
    to: "publish = false",
  },
  {
    rule: "function-failures-kept",
    what: "no queue for failed executions",
    file: durable,
    from: "module.failures.arn",
    to: "null",
  },
  {
    rule: "queue-dead-letters",
    what: "a queue without a dead-letter queue",
    file: "queue/main.tf",
    from: /redrive_policy = var.*\{[^}]*\}\)/,
    to: "redrive_policy = null",
  },
  {
    rule: "queue-redrive-allow",
    what: "a dead-letter queue for any queue",
    file: "queue/main.tf",
    from: "count = var.redrive_from == null ? 0 : 1",
    to: "count = 0",
  },
  {
    rule: "queue-encrypted",
    what: "a queue without a key",
    file: "queue/main.tf",
    from: /kms_master_key_id( *)= var.kms_key_arn/,
    to: "kms_master_key_id = null",
  },
  {
    rule: "queue-tls",
    what: "a queue that takes plain text",
    file: "queue/main.tf",
    from: "concat(local.tls_only, ",
    to: "concat(",
  },
  {
    rule: "queue-not-public",
    what: "a topic for everybody",
    file: "notifications/main.tf",
    from: /Principal = \{ Service = \["cloudwatch[^\n]*\n([^\n]*\n[^\n]*\n) *Condition = local.owner/,
    to: 'Principal = "*"\n$1',
  },
  {
    rule: "event-source-in-parts",
    what: "a batch that fails as a whole",
    file: "intake/main.tf",
    from: /function_response_types = .*/,
    to: "function_response_types = []",
  },
  {
    rule: "by-alias",
    what: "a schedule for the bare function",
    file: "reviews/sweeper.tf",
    from: /arn {6}= module.sweeper.alias_arn/,
    to: "arn      = module.sweeper.name",
  },
  {
    rule: "function-log",
    what: "a function without traces",
    file: "function/main.tf",
    from: '"Active"',
    to: '"PassThrough"',
  },
  { rule: "function-runtime", what: "an old runtime", file: "function/main.tf", from: "nodejs24.x", to: "nodejs18.x" },
  {
    rule: "function-permission-narrow",
    what: "an invocation for any API",
    file: "console/main.tf",
    from: /^ {2}source_arn .*\n/m,
    to: "",
  },
  {
    rule: "rollout-turns-back",
    what: "a rollout that goes on through an alarm",
    file: "durable-function/rollout.tf",
    from: '"DEPLOYMENT_STOP_ON_ALARM", ',
    to: "",
  },
  {
    rule: "bucket-private",
    what: "a public bucket",
    file: "documents/main.tf",
    from: /block_public_policy( *)= true/,
    to: "block_public_policy$1= false",
  },
  {
    rule: "bucket-encrypted",
    what: "a bucket without a key",
    file: "documents/main.tf",
    from: /kms_master_key_id = .*/,
    to: "",
  },
  {
    rule: "bucket-versioned",
    what: "a bucket without versions",
    file: "documents/main.tf",
    from: 'status = "Enabled"',
    to: 'status = "Suspended"',
  },
  {
    rule: "bucket-lifecycle",
    what: "versions kept forever",
    file: "documents/main.tf",
    from: /noncurrent_version_expiration \{[^}]*\}/,
    to: "",
  },
  {
    rule: "bucket-tls",
    what: "a bucket that takes plain text",
    file: "documents/main.tf",
    from: '"aws:SecureTransport" = "false"',
    to: '"aws:SecureTransport" = "true"',
  },
  {
    rule: "bucket-kept",
    what: "a bucket that is emptied",
    file: "documents/main.tf",
    from: "force_destroy = false",
    to: "force_destroy = true",
  },
  {
    rule: "table-recoverable",
    what: "a table that cannot be brought back",
    file: "reviews/main.tf",
    from: /enabled( *)= true\n( *)recovery/,
    to: "enabled$1= false\n$2recovery",
  },
  {
    rule: "table-on-demand",
    what: "a table of a fixed size",
    file: "reviews/main.tf",
    from: "PAY_PER_REQUEST",
    to: "PROVISIONED",
  },
  {
    rule: "key-rotation",
    what: "a key that never turns",
    file: "encryption/main.tf",
    from: "enable_key_rotation     = true",
    to: "enable_key_rotation = false",
  },
  {
    rule: "log-kept",
    what: "a log that is kept forever",
    file: "function-role/main.tf",
    from: /retention_in_days = .*/,
    to: "",
  },
  {
    rule: "secret-key",
    what: "a secret under the service's own key",
    file: "console/main.tf",
    from: /kms_key_id( *)= var.kms_key_arn/,
    to: "",
  },
  {
    rule: "no-wildcard-action",
    what: "a wildcard action",
    file: "function-role/main.tf",
    from: '["logs:CreateLogStream", "logs:PutLogEvents"]',
    to: '["logs:*"]',
  },
  {
    rule: "no-wildcard-resource",
    what: "a wildcard resource",
    file: "function-role/main.tf",
    from: /\["arn:aws:logs:[^\]]*\]/,
    to: '["*"]',
  },
  {
    rule: "one-role-per-function",
    what: "a role that anybody in the account assumes",
    file: "function-role/main.tf",
    from: '{ Service = "lambda.amazonaws.com" }',
    to: '{ AWS = "arn:aws:iam::111111111111:root" }',
  },
  {
    rule: "reserved-actions",
    what: "a dispatcher that fails callbacks",
    file: "intake/main.tf",
    from: '["lambda:InvokeFunction"]',
    to: '["lambda:InvokeFunction", "lambda:SendDurableExecutionCallbackFailure"]',
  },
  {
    rule: "own-executions-only",
    what: "checkpoints in every function's executions",
    file: durable,
    from: /"\$\{local\.arn\}:\*"/,
    to: '"arn:aws:lambda:eu-west-1:111111111111:function:*:*"',
  },
  {
    rule: "api-authorised",
    what: "an API without a token",
    file: "console/main.tf",
    from: /authorization_type = "JWT"\n.*/,
    to: 'authorization_type = "NONE"',
  },
  {
    rule: "sign-in-strong",
    what: "a sign-in with a password alone",
    file: "console/cognito.tf",
    from: '"ON"',
    to: '"OFF"',
  },
  {
    rule: "named-model-only",
    what: "a model that the contract does not name",
    file: durable,
    from: /actions( *)= \["sqs:SendMessage"\]/,
    to: 'actions$1= ["bedrock:InvokeModel", "sqs:SendMessage"]',
  },
  {
    rule: "names-unique",
    what: "two rules of one name",
    file: "notifications/main.tf",
    from: "-operators-",
    to: "-",
  },
  {
    rule: "alarms-tell",
    what: "alarms that tell nobody",
    file: "observability/main.tf",
    from: /alarm_actions .*/,
    to: "",
  },
];

/** These stand in the way of others, so each is planted alone. */
export const forbiddenAlone: (Mistake & { rule: string })[] = [
  {
    rule: "function-durable",
    what: "a dropped durable_config",
    file: durable,
    from: "var.function.durable",
    to: "null",
  },
  {
    rule: "no-source-before-durable",
    what: "an event source mapping straight onto the durable function",
    file: "intake/main.tf",
    from: /function_name( *)= module.dispatcher.alias_arn/,
    to: "function_name$1= var.names.function",
  },
];
