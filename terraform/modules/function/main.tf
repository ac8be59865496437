locals {
  alias = one(concat(aws_lambda_alias.this, aws_lambda_alias.rolled_out))
}

module "role" {
  source = "../function-role"

  name               = var.name
  account_id         = var.account_id
  region             = var.region
  permissions        = var.permissions
  log_retention_days = var.log_retention_days
  log_key_arn        = var.log_key_arn
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
  dynamic "durable_config" {
    for_each = var.durable == null ? [] : [var.durable]

    content {
      execution_timeout = durable_config.value.execution_timeout_seconds
      retention_period  = durable_config.value.retention_days
    }
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_arn == null ? [] : [var.dead_letter_arn]

    content {
      target_arn = dead_letter_config.value
    }
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
    delete = var.durable == null ? null : "60m"
  }
}

resource "aws_lambda_alias" "this" {
  count = var.durable == null ? 1 : 0

  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}

# New executions start where the alias points. CodeDeploy moves it (durable-function/rollout.tf), so Terraform only makes it.
resource "aws_lambda_alias" "rolled_out" {
  count = var.durable == null ? 0 : 1

  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}
