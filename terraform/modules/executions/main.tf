locals {
  arns = {
    queue        = "arn:aws:sqs:${var.region}:${var.account_id}:${var.names.queue}"
    dead_letters = "arn:aws:sqs:${var.region}:${var.account_id}:${var.names.dead_letters}"
    rule         = "arn:aws:events:${var.region}:${var.account_id}:rule/${var.names.queue}"
    functions    = "arn:aws:lambda:${var.region}:${var.account_id}:function:${var.function_prefix}"
  }

  own = [
    {
      sid        = "TakeEvents"
      actions    = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
      resources  = [local.arns.queue]
      conditions = {}
    },
  ]
}

# Every start and every end of an execution. The event holds no input and no result.
resource "aws_cloudwatch_event_rule" "this" {
  name        = var.names.queue
  description = "Status changes of executions, for their index."
  event_pattern = jsonencode({
    source      = ["aws.lambda"]
    detail-type = ["Durable Execution Status Change"]
    # functionArn ends in a version.
    detail = { functionArn = [{ prefix = local.arns.functions }] }
  })
}

resource "aws_cloudwatch_event_target" "this" {
  rule      = aws_cloudwatch_event_rule.this.name
  target_id = "index"
  arn       = module.queue.arn

  dead_letter_config {
    arn = module.dead_letters.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 20
  }
}

# What could not be taken. The repair finds those executions all the same: nothing has to be redriven.
module "dead_letters" {
  source = "../queue"

  name         = var.names.dead_letters
  account_id   = var.account_id
  region       = var.region
  kms_key_arn  = var.queue_key_arn
  rule_arns    = [local.arns.rule]
  redrive_from = [local.arns.queue]
}

module "queue" {
  source = "../queue"

  name                       = var.names.queue
  account_id                 = var.account_id
  region                     = var.region
  kms_key_arn                = var.queue_key_arn
  retention_seconds          = var.retention_seconds
  visibility_timeout_seconds = var.visibility_timeout_seconds
  rule_arns                  = [local.arns.rule]

  dead_letters = {
    queue_arn      = module.dead_letters.arn
    after_receives = var.max_receive_count
  }
}

module "indexer" {
  source = "../function"

  name                 = var.indexer.name
  account_id           = var.account_id
  region               = var.region
  code                 = var.indexer.code
  memory_mb            = var.indexer.memory_mb
  timeout_seconds      = var.indexer.timeout_seconds
  environment          = var.indexer.environment
  permissions          = concat(local.own, var.indexer.permissions)
  reserved_concurrency = var.reserved_concurrency
  environment_key_arn  = var.environment_key_arn
  log_retention_days   = var.log_retention_days
  log_key_arn          = var.log_key_arn
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn                   = module.queue.arn
  function_name                      = module.indexer.alias_arn
  batch_size                         = var.batch_size
  maximum_batching_window_in_seconds = var.batch_window_seconds
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.maximum_concurrency
  }

  metrics_config {
    metrics = ["EventCount"]
  }
}
