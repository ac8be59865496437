locals {
  arn = "arn:aws:lambda:${var.function.region}:${var.function.account_id}:function:${var.function.name}"

  # The service checks execution ARNs, function:NAME:VERSION/durable-execution/…, and never an alias.
  own = [{
    sid        = "OwnExecutions"
    actions    = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources  = ["${local.arn}:*"]
    conditions = {}
    }, {
    sid        = "FailedExecutions"
    actions    = ["sqs:SendMessage"]
    resources  = ["arn:aws:sqs:${var.function.region}:${var.function.account_id}:${var.function.name}-failures"]
    conditions = {}
  }]
}

# The event of an execution that failed, was stopped or ran out of time. It is no message of the workflow's queue, so no
# queue may use this one as its own dead-letter queue, nor be refilled from it.
module "failures" {
  source = "../queue"

  name         = "${var.function.name}-failures"
  account_id   = var.function.account_id
  region       = var.function.region
  kms_key_arn  = var.queue_key_arn
  redrive_from = []
}

module "durable" {
  source = "../function"

  name                 = var.function.name
  account_id           = var.function.account_id
  region               = var.function.region
  code                 = var.function.code
  memory_mb            = var.function.memory_mb
  timeout_seconds      = var.function.timeout_seconds
  environment          = var.function.environment
  permissions          = concat(local.own, var.function.permissions)
  reserved_concurrency = var.function.reserved_concurrency
  environment_key_arn  = var.function.environment_key_arn
  log_retention_days   = var.function.log_retention_days
  log_key_arn          = var.function.log_key_arn
  durable              = var.function.durable
  dead_letter_arn      = module.failures.arn
}

# `prevent_destroy` takes no variable. This stands for the function: what would replace or destroy the function would
# do so to this, and then the plan fails. To let go of it: terraform state rm (docs/runbooks/tear-down.md).
resource "terraform_data" "guard" {
  count = var.protect ? 1 : 0

  triggers_replace = [module.durable.id]

  lifecycle {
    prevent_destroy = true
  }
}
