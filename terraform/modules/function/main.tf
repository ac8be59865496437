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
  publish                        = true

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
}

resource "aws_lambda_alias" "this" {
  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}
