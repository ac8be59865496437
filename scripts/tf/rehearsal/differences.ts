/** What is changed in a copy of the modules, so that an older provider and moto can take them. Nothing else is. */
export interface Difference {
  file: string;
  from: RegExp;
  to: string;
  why: string;
}

/** What moto takes and does not give back as it was: a second plan would set it again. */
const forgotten = (file: string, type: string, args: string, why: string): Difference => ({
  file,
  from: new RegExp(`(resource "${type}" "this" \\{[\\s\\S]*?\\n)\\}`),
  to: `$1\n  lifecycle {\n    ignore_changes = [${args}]\n  }\n}`,
  why,
});

/** For provider 5.x, which is older than durable functions. */
export const olderProvider: Difference[] = [
  {
    file: "function/main.tf",
    from: /\n {2}dynamic "durable_config" \{[\s\S]*?\n {2}\}\n/,
    to: "",
    why: "provider 5.x does not know durable_config",
  },
  {
    file: "function/main.tf",
    from: /nodejs24\.x/,
    to: "nodejs22.x",
    why: "provider 5.x does not know the runtime",
  },
];

/** For moto 5.2. */
export const moto: Difference[] = [
  forgotten(
    "function/main.tf",
    "aws_lambda_function",
    "dead_letter_config, kms_key_arn, logging_config",
    "moto forgets these three",
  ),
  forgotten("encryption/main.tf", "aws_kms_key", "rotation_period_in_days", "moto forgets how often a key turns"),
  forgotten("queue/main.tf", "aws_sqs_queue", "redrive_policy", "moto gives its JSON back with other blanks"),
  ...["executions/main.tf", "intake/main.tf"].map((file) =>
    forgotten(file, "aws_lambda_event_source_mapping", "function_name", "moto drops the alias"),
  ),
  forgotten("notifications/mail.tf", "aws_sesv2_email_identity", "tags, tags_all", "moto forgets the tags"),
  {
    file: "queue/main.tf",
    from: /\n# A dead-letter queue takes[\s\S]*$/,
    to: "\n",
    why: "moto never shows the redrive-allow policy, and the provider waits for it for minutes",
  },
  {
    file: "durable-function/rollout.tf",
    from: /resource "aws_codedeploy_app"[\s\S]*$/,
    to: "",
    why: "moto gives CodeDeploy's times as strings, which the provider cannot read",
  },
  {
    file: "notifications/mail.tf",
    from: /resource "aws_sesv2_configuration_set"[\s\S]*?\n\}\n/,
    to: "",
    why: "moto has no SES v2 configuration sets",
  },
  {
    file: "notifications/mail.tf",
    from: /\n {2}configuration_set_name = aws_sesv2[^\n]*/,
    to: "",
    why: "moto has no SES v2 configuration sets",
  },
  {
    file: "observability/main.tf",
    from: /resource "aws_budgets_budget"[\s\S]*$/,
    to: "",
    why: "moto takes no budget with notifications",
  },
];
