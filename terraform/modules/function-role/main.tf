locals {
  log_group = "/aws/lambda/${var.name}"

  own = [
    {
      Sid      = "WriteOwnLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["arn:aws:logs:${var.region}:${var.account_id}:log-group:${local.log_group}:*"]
    },
    {
      Sid    = "Trace"
      Effect = "Allow"
      Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      # X-Ray knows no resource for these actions.
      Resource = ["*"]
    },
  ]

  given = [for permission in var.permissions : merge(
    {
      Sid      = permission.sid
      Effect   = "Allow"
      Action   = permission.actions
      Resource = permission.resources
    },
    length(permission.conditions) == 0 ? {} : { Condition = permission.conditions },
  )]
}

# Before the function: one that Lambda makes by itself has neither retention nor key.
resource "aws_cloudwatch_log_group" "this" {
  name              = local.log_group
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_iam_role" "this" {
  name        = var.name
  description = "What the function ${var.name} may do."
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "own"
  role   = aws_iam_role.this.name
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.own, local.given) })
}
