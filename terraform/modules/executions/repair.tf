# Compares the index with the service: events can be lost, and a new index is empty.
resource "aws_iam_role" "schedule" {
  name = "${var.indexer.name}-schedule"
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
      Sid      = "InvokeIndexer"
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [module.indexer.alias_arn]
    }]
  })
}

resource "aws_scheduler_schedule" "this" {
  name                = var.indexer.name
  description         = "Compares the index of executions with the service."
  schedule_expression = var.repair_every

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.indexer.alias_arn
    role_arn = aws_iam_role.schedule.arn
    input    = jsonencode({ repair = true })

    # The next one does the work of one that was missed.
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}
