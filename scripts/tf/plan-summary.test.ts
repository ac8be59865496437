import { expect, test } from "vitest";
import { describeSummary, type ResourceChange, summarise, unforced } from "./plan-summary.ts";

const change = (
  address: string,
  type: string,
  actions: ResourceChange["change"]["actions"],
  before = {},
): ResourceChange => ({
  address,
  type,
  change: { actions, before, after: {} },
});

const durable = change(
  "module.training.module.durable.aws_lambda_function.this",
  "aws_lambda_function",
  ["delete", "create"],
  {
    durable_config: [{ execution_timeout: 60 }],
  },
);
const plain = change(
  "module.console.module.function.aws_lambda_function.this",
  "aws_lambda_function",
  ["delete", "create"],
  {
    durable_config: [],
  },
);
const table = change('module.reviews.aws_dynamodb_table.this["longhaul-reviews"]', "aws_dynamodb_table", ["delete"]);
const bucket = change("module.documents.aws_s3_bucket.this", "aws_s3_bucket", ["delete"]);

test("a plan that replaces or destroys a durable function, a table or a bucket is a loss", () => {
  const { losses, replace, destroy } = summarise({ resource_changes: [durable, plain, table, bucket] });
  expect(losses.map(({ address }) => address)).toEqual([durable.address, table.address, bucket.address]);
  expect(replace).toEqual([durable.address, plain.address]);
  expect(destroy).toEqual([table.address, bucket.address]);
});

test("creating and updating lose nothing", () => {
  const created = change("module.new.module.durable.aws_lambda_function.this", "aws_lambda_function", ["create"]);
  const updated = change("module.training.module.durable.aws_lambda_function.this", "aws_lambda_function", ["update"], {
    durable_config: [{}],
  });
  const summary = summarise({ resource_changes: [created, updated] });
  expect(summary).toMatchObject({ create: [created.address], update: [updated.address], losses: [] });
});

test("a loss goes through only by its own name", () => {
  const summary = summarise({ resource_changes: [durable, table] });
  expect(unforced(summary, [durable.address]).map(({ address }) => address)).toEqual([table.address]);
  expect(unforced(summary, [durable.address, table.address])).toEqual([]);
});

test("what is updated is said with its arguments", () => {
  const updated = change("aws_sqs_queue.this", "aws_sqs_queue", ["update"], { name: "q", delay_seconds: 0 });
  updated.change.after = { name: "q", delay_seconds: 5 };
  expect(describeSummary(summarise({ resource_changes: [updated] }))).toContain(
    "  update  aws_sqs_queue.this (delay_seconds)",
  );
});

test("what is lost is said in words", () => {
  expect(describeSummary(summarise({ resource_changes: [durable] }))).toContain(
    `  LOSS    ${durable.address}: the durable function, with every execution that runs or sleeps in it`,
  );
});
