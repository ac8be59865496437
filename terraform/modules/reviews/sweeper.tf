# Delivers the decisions that a crash left between their settlement and their delivery.
module "sweeper" {
  source = "../function"

  name                 = var.sweeper.name
  account_id           = var.account_id
  region               = var.region
  code                 = var.sweeper.code
  memory_mb            = var.sweeper.memory_mb
  timeout_seconds      = var.sweeper.timeout_seconds
  environment          = var.sweeper.environment
  permissions          = var.sweeper.permissions
  environment_key_arn  = var.kms_key_arn
  log_retention_days   = var.log_retention_days
  log_key_arn          = var.log_key_arn
  reserved_concurrency = var.sweeper_concurrency
}

resource "aws_iam_role" "schedule" {
  name = "${var.sweeper.name}-schedule"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  name = "invoke"
  role = aws_iam_role.schedule.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "InvokeSweeper"
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [module.sweeper.alias_arn]
    }]
  })
}

resource "aws_scheduler_schedule" "this" {
  name                = var.sweeper.name
  description         = "Delivers decisions that a crash left behind."
  schedule_expression = var.sweep_every

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.sweeper.alias_arn
    role_arn = aws_iam_role.schedule.arn

    # The next one does the work of one that was missed.
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}
