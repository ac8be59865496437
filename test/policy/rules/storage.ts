import { type Resource, type Resources, type Rule, statementsOf, without } from "../resource.ts";

/** Whether something of this type is about the bucket, and is as it should be. */
const forBucket =
  (resources: Resources, type: string, holds: (values: Resource["values"]) => unknown) => (bucket: Resource) =>
    resources.of(type).some(({ values }) => values.bucket === bucket.values.id && holds(values));

function everyBucket(lacks: string, type: string, holds: (values: Resource["values"]) => unknown): Rule["check"] {
  return (resources) => {
    const is = forBucket(resources, type, holds);
    return without(resources.of("aws_s3_bucket"), lacks, (_values, bucket) => is(bucket));
  };
}

export const storageRules: Rule[] = [
  {
    id: "bucket-private",
    promise: "every bucket blocks public access in all four ways, and knows no ACL",
    check: (resources) => [
      ...everyBucket(
        "lets the public in",
        "aws_s3_bucket_public_access_block",
        (values) =>
          values.block_public_acls &&
          values.block_public_policy &&
          values.ignore_public_acls &&
          values.restrict_public_buckets,
      )(resources),
      ...everyBucket(
        "has ACLs",
        "aws_s3_bucket_ownership_controls",
        (values) => values.rule?.[0]?.object_ownership === "BucketOwnerEnforced",
      )(resources),
    ],
  },
  {
    id: "bucket-encrypted",
    promise: "every bucket is encrypted by a key of ours",
    check: everyBucket("has no key", "aws_s3_bucket_server_side_encryption_configuration", ({ rule: [rule] = [] }) =>
      String(rule?.apply_server_side_encryption_by_default?.[0]?.kms_master_key_id).startsWith("arn:aws:kms:"),
    ),
  },
  {
    id: "bucket-versioned",
    promise: "every bucket keeps versions",
    check: everyBucket(
      "keeps no versions",
      "aws_s3_bucket_versioning",
      ({ versioning_configuration: [versioning] = [] }) => versioning?.status === "Enabled",
    ),
  },
  {
    id: "bucket-lifecycle",
    promise: "every bucket forgets old versions and uploads that were never finished",
    check: everyBucket("keeps everything forever", "aws_s3_bucket_lifecycle_configuration", ({ rule = [] }) =>
      rule.some(
        (one: Resource["values"]) =>
          one.status === "Enabled" &&
          one.noncurrent_version_expiration?.[0]?.noncurrent_days > 0 &&
          one.abort_incomplete_multipart_upload?.[0]?.days_after_initiation > 0,
      ),
    ),
  },
  {
    id: "bucket-tls",
    promise: "every bucket refuses what comes without TLS",
    check: everyBucket("takes plain text", "aws_s3_bucket_policy", ({ policy }) =>
      statementsOf(policy).some(
        ({ Effect, Condition }) => Effect === "Deny" && Condition?.Bool?.["aws:SecureTransport"] === "false",
      ),
    ),
  },
  {
    id: "bucket-kept",
    promise: "no bucket with objects is destroyed",
    check: ({ of }) =>
      without(of("aws_s3_bucket"), "is emptied when it is destroyed", (values) => values.force_destroy === false),
  },
  {
    id: "table-recoverable",
    promise: "every table can be brought back to any second, expires items, and is encrypted by a key of ours",
    check: ({ of }) =>
      without(
        of("aws_dynamodb_table"),
        "cannot be brought back, keeps everything, or has no key",
        ({ point_in_time_recovery: [recovery] = [], ttl: [ttl] = [], server_side_encryption: [encryption] = [] }) =>
          recovery?.enabled &&
          ttl?.enabled &&
          encryption?.enabled &&
          String(encryption.kms_key_arn).startsWith("arn:aws:kms:"),
      ),
  },
  {
    id: "table-on-demand",
    promise: "every table grows with its load",
    check: ({ of }) =>
      without(of("aws_dynamodb_table"), "has a fixed capacity", (values) => values.billing_mode === "PAY_PER_REQUEST"),
  },
  {
    id: "key-rotation",
    promise: "every key turns, waits 30 days before it goes, and is used by services for this account only",
    check: ({ of }) =>
      without(
        of("aws_kms_key"),
        "does not turn, goes at once, or serves other accounts",
        ({ enable_key_rotation: turns, deletion_window_in_days: days, policy }) =>
          turns === true &&
          days === 30 &&
          statementsOf(policy).every(({ Principal, Condition }) => isAccount(Principal) || Condition !== undefined),
      ),
  },
  {
    id: "log-kept",
    promise: "every log group has retention and a key of ours",
    check: ({ of }) =>
      without(
        of("aws_cloudwatch_log_group"),
        "has no retention or no key",
        ({ retention_in_days: days, kms_key_id: key }) => days > 0 && String(key).startsWith("arn:aws:kms:"),
      ),
  },
  {
    id: "secret-key",
    promise: "every secret is encrypted by a key of ours, and no value of one is in the state",
    check: ({ of }) => [
      ...without(of("aws_secretsmanager_secret"), "has no key", ({ kms_key_id: key }) =>
        String(key).startsWith("arn:aws:kms:"),
      ),
      ...of("aws_secretsmanager_secret_version").map(({ address }) => `${address}: its value is in the state`),
    ],
  },
];

const isAccount = (principal: unknown) => /^\{"AWS":"arn:aws:iam::\d{12}:root"\}$/.test(JSON.stringify(principal));
