# The account may use and administer the key through IAM; each action is named, so that a new one is a decision.
# A service may use it only for this account's own resources.
locals {
  root = "arn:aws:iam::${var.account_id}:root"

  administration = [
    "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey",
    "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
    "kms:ListAliases", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags",
    "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:RotateKeyOnDemand", "kms:ScheduleKeyDeletion", "kms:TagResource",
    "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
  ]
  use = ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]

  account = [{
    Sid       = "Account"
    Effect    = "Allow"
    Principal = { AWS = local.root }
    Action    = sort(concat(local.administration, local.use))
    Resource  = "*"
  }]

  services = [for service in var.services : {
    Sid       = "Service${join("", [for part in split(".", service) : title(part)])}"
    Effect    = "Allow"
    Principal = { Service = service }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = "*"
    Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
  }]

  # EventBridge sends no source account for an encrypted topic, and the event would be lost without a word; the topic does.
  # https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  topics = contains(var.services, "events.amazonaws.com") ? [{
    Sid       = "RulesToTopics"
    Effect    = "Allow"
    Principal = { Service = "events.amazonaws.com" }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = "*"
    Condition = { ArnLike = { "kms:EncryptionContext:aws:sns:topicArn" = "arn:aws:sns:*:${var.account_id}:*" } }
  }] : []

  # CloudWatch Logs sends no source account; it names the log group in the encryption context.
  logs = var.log_region == null ? [] : [{
    Sid       = "Logs"
    Effect    = "Allow"
    Principal = { Service = "logs.${var.log_region}.amazonaws.com" }
    Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    Resource  = "*"
    Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${var.log_region}:${var.account_id}:log-group:*" } }
  }]
}

resource "aws_kms_key" "this" {
  description             = var.description
  enable_key_rotation     = true
  rotation_period_in_days = var.rotation_days
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = concat(local.account, local.services, local.topics, local.logs) })
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}
