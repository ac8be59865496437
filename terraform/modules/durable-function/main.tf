locals {
  arn = "arn:aws:lambda:${var.region}:${var.account_id}:function:${var.name}"

  # The service checks execution ARNs, function:NAME:VERSION/durable-execution/…, and never an alias.
  own = [{
    sid        = "OwnExecutions"
    actions    = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources  = ["${local.arn}:*"]
    conditions = {}
    }, {
    sid        = "FailedExecutions"
    actions    = ["sqs:SendMessage"]
    resources  = ["arn:aws:sqs:${var.region}:${var.account_id}:${var.name}-failures"]
    conditions = {}
  }]
}

module "role" {
  source = "../function-role"

  name               = var.name
  account_id         = var.account_id
  region             = var.region
  permissions        = concat(local.own, var.permissions)
  log_retention_days = var.log_retention_days
  log_key_arn        = var.log_key_arn
}

# The event of an execution that failed, was stopped or ran out of time. It is no message of the workflow's queue, so no
# queue may use this one as its own dead-letter queue, nor be refilled from it.
module "failures" {
  source = "../queue"

  name         = "${var.name}-failures"
  account_id   = var.account_id
  region       = var.region
  kms_key_arn  = var.queue_key_arn
  redrive_from = []
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = module.role.role_arn
  filename                       = var.code.filename
  source_code_hash               = var.code.sha256
  runtime                        = "nodejs24.x"
  architectures                  = ["arm64"]
  handler                        = "index.handler"
  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  kms_key_arn                    = var.environment_key_arn
  reserved_concurrent_executions = var.reserved_concurrency

  # An execution stays on the version that it started on: each change of the code is a version of its own.
  publish = true

  # It can be given only when the function is created. Taking it away, or adding it, replaces the function and ends its runs.
  durable_config {
    execution_timeout = var.execution_timeout_seconds
    retention_period  = var.retention_days
  }

  dead_letter_config {
    target_arn = module.failures.arn
  }

  environment {
    variables = var.environment
  }

  logging_config {
    log_format = "JSON"
    log_group  = module.role.log_group_name
  }

  tracing_config {
    mode = "Active"
  }

  # Deleting waits for the executions that still run.
  timeouts {
    delete = "60m"
  }
}

# New executions start where the alias points. CodeDeploy moves it (rollout.tf), so Terraform only makes it.
resource "aws_lambda_alias" "this" {
  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}

# `prevent_destroy` takes no variable. This stands for the function: what would replace or destroy the function would
# do so to this, and then the plan fails. To let go of it: terraform state rm (docs/runbooks/tear-down.md).
resource "terraform_data" "guard" {
  count = var.protect ? 1 : 0

  triggers_replace = [aws_lambda_function.this.id]

  lifecycle {
    prevent_destroy = true
  }
}
