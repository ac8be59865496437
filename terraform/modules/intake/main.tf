locals {
  arns = {
    queue        = "arn:aws:sqs:${var.region}:${var.account_id}:${var.names.queue}"
    dead_letters = "arn:aws:sqs:${var.region}:${var.account_id}:${var.names.dead_letters}"
    alias        = "arn:aws:lambda:${var.region}:${var.account_id}:function:${var.names.function}:live"
  }

  own = [
    {
      sid        = "TakeMessages"
      actions    = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
      resources  = [local.arns.queue]
      conditions = {}
    },
    {
      sid        = "RefuseMessages"
      actions    = ["sqs:SendMessage"]
      resources  = [local.arns.dead_letters]
      conditions = {}
    },
    {
      sid        = "StartExecutions"
      actions    = ["lambda:InvokeFunction"]
      resources  = [local.arns.alias]
      conditions = {}
    },
  ]
}

# Messages that could not be taken: too often received, or refused by the dispatcher, which gives the reason as attributes.
module "dead_letters" {
  source = "../queue"

  name              = var.names.dead_letters
  account_id        = var.account_id
  region            = var.region
  kms_key_arn       = var.queue_key_arn
  retention_seconds = var.dead_letter_retention_seconds
  redrive_from      = [local.arns.queue]
}

module "queue" {
  source = "../queue"

  name                       = var.names.queue
  account_id                 = var.account_id
  region                     = var.region
  kms_key_arn                = var.queue_key_arn
  retention_seconds          = var.retention_seconds
  visibility_timeout_seconds = var.visibility_timeout_seconds
  bucket_arn                 = var.bucket_arn
  producer_arns              = var.producer_arns

  dead_letters = {
    queue_arn      = module.dead_letters.arn
    after_receives = var.max_receive_count
  }
}

module "dispatcher" {
  source = "../function"

  name                 = var.names.dispatcher
  account_id           = var.account_id
  region               = var.region
  code                 = var.dispatcher.code
  memory_mb            = var.dispatcher.memory_mb
  timeout_seconds      = var.dispatcher.timeout_seconds
  environment          = var.dispatcher.environment
  permissions          = concat(local.own, var.permissions)
  reserved_concurrency = var.reserved_concurrency
  environment_key_arn  = var.environment_key_arn
  log_retention_days   = var.log_retention_days
  log_key_arn          = var.log_key_arn
}

# The mapping invokes synchronously and gives no names, so it stands before the dispatcher and never before a durable function.
resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn        = module.queue.arn
  function_name           = module.dispatcher.alias_arn
  batch_size              = var.batch_size
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.maximum_concurrency
  }

  metrics_config {
    metrics = ["EventCount"]
  }
}
