locals {
  arn = "arn:aws:sqs:${var.region}:${var.account_id}:${var.name}"

  tls_only = [{
    Sid       = "TlsOnly"
    Effect    = "Deny"
    Principal = "*"
    # A policy that denies must deny everything: that is its purpose.
    Action    = "sqs:*"
    Resource  = local.arn
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }]

  from_bucket = var.bucket_arn == null ? [] : [{
    Sid       = "FromBucket"
    Effect    = "Allow"
    Principal = { Service = "s3.amazonaws.com" }
    Action    = "sqs:SendMessage"
    Resource  = local.arn
    Condition = { ArnEquals = { "aws:SourceArn" = var.bucket_arn }, StringEquals = { "aws:SourceAccount" = var.account_id } }
  }]

  from_rules = length(var.rule_arns) == 0 ? [] : [{
    Sid       = "FromRules"
    Effect    = "Allow"
    Principal = { Service = "events.amazonaws.com" }
    Action    = "sqs:SendMessage"
    Resource  = local.arn
    Condition = { ArnEquals = { "aws:SourceArn" = var.rule_arns } }
  }]

  from_producers = length(var.producer_arns) == 0 ? [] : [{
    Sid       = "FromProducers"
    Effect    = "Allow"
    Principal = { AWS = var.producer_arns }
    Action    = "sqs:SendMessage"
    Resource  = local.arn
  }]
}

resource "aws_sqs_queue" "this" {
  name                              = var.name
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
  message_retention_seconds         = var.retention_seconds
  visibility_timeout_seconds        = var.visibility_timeout_seconds
  receive_wait_time_seconds         = 20

  redrive_policy = var.dead_letters == null ? null : jsonencode({
    deadLetterTargetArn = var.dead_letters.queue_arn
    maxReceiveCount     = var.dead_letters.after_receives
  })
}

resource "aws_sqs_queue_policy" "this" {
  queue_url = aws_sqs_queue.this.url
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.tls_only, local.from_bucket, local.from_rules, local.from_producers)
  })
}

# A dead-letter queue takes from the queues that it is for, and from no other.
resource "aws_sqs_queue_redrive_allow_policy" "this" {
  count = var.redrive_from == null ? 0 : 1

  queue_url = aws_sqs_queue.this.url
  redrive_allow_policy = (length(var.redrive_from) == 0
    ? jsonencode({ redrivePermission = "denyAll" })
    : jsonencode({ redrivePermission = "byQueue", sourceQueueArns = var.redrive_from })
  )
}
