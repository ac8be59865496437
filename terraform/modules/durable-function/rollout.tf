# A new version takes new executions little by little, and an alarm turns them back to the version before. Executions that
# have started on either stay there.
resource "aws_iam_role" "rollout" {
  name = "${var.function.name}-rollout"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "codedeploy.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.function.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "rollout" {
  name = "shift"
  role = aws_iam_role.rollout.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ShiftAlias"
        Effect   = "Allow"
        Action   = ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig", "lambda:UpdateAlias"]
        Resource = [local.arn, "${local.arn}:*"]
      },
      {
        Sid    = "SeeAlarms"
        Effect = "Allow"
        Action = ["cloudwatch:DescribeAlarms"]
        # CodeDeploy asks for alarms without naming one.
        Resource = ["*"]
      },
    ]
  })
}

resource "aws_codedeploy_app" "this" {
  name             = var.function.name
  compute_platform = "Lambda"
}

resource "aws_codedeploy_deployment_group" "this" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = "live"
  deployment_config_name = var.rollout
  service_role_arn       = aws_iam_role.rollout.arn

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }

  alarm_configuration {
    enabled = true
    alarms  = [for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name]
  }

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
  }

  depends_on = [aws_iam_role_policy.rollout]
}
