locals {
  # Each alarm: what it watches, when it is bad, and what to do. Sums over a minute but where it says otherwise.
  queue_alarms = merge([for name, workflow in var.workflows : {
    "${workflow.function}-dead-letters" = {
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = workflow.dead_letters }
      statistic = "Maximum", threshold = 1, period = 60, evaluations = 1
      says      = "${name}: messages could not be taken. docs/runbooks/redrive.md"
    }
    "${workflow.function}-failed-executions" = {
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = workflow.failures }
      statistic = "Maximum", threshold = 1, period = 60, evaluations = 1
      says      = "${name}: executions failed; their events are kept. docs/runbooks/redrive.md"
    }
    "${workflow.function}-oldest-message" = {
      namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = workflow.queue }
      statistic = "Maximum", threshold = var.limits.oldest_message_seconds, period = 60, evaluations = 3
      says      = "${name}: messages wait longer than ${var.limits.oldest_message_seconds} s to be taken. docs/runbooks/stuck-execution.md"
    }
    "${workflow.function}-operations" = {
      namespace = "AWS/Lambda", metric = "DurableExecutionOperations", dimensions = { FunctionName = workflow.function }
      statistic = "Maximum", threshold = var.limits.operations, period = 300, evaluations = 1
      says      = "${name}: an execution has used ${var.limits.operations} operations of the 3,000 that end it. docs/runbooks/stuck-execution.md"
    }
    "${workflow.function}-bytes" = {
      namespace = "AWS/Lambda", metric = "DurableExecutionStorageWrittenBytes", dimensions = { FunctionName = workflow.function }
      statistic = "Maximum", threshold = var.limits.bytes, period = 300, evaluations = 1
      says      = "${name}: an execution has written ${var.limits.bytes} bytes of the 100 MB that end it. docs/runbooks/stuck-execution.md"
    }
    "${workflow.function}-oldest-review" = {
      namespace = "Longhaul", metric = "OldestOpenReviewSeconds", dimensions = { workflow = name }
      statistic = "Maximum", threshold = workflow.oldest_review_seconds, period = 300, evaluations = 1
      says      = "${name}: a review waits longer than ${workflow.oldest_review_seconds} s."
    }
    "${workflow.function}-model-budget" = {
      namespace = "Longhaul", metric = "ModelBudgetSpent", dimensions = { workflow = name }
      statistic = "Sum", threshold = 1, period = 300, evaluations = 1
      says      = "${name}: the day's budget for models is spent, and people decide until midnight UTC. docs/scoring.md"
    }
    "${workflow.function}-over-budget" = {
      namespace = "Longhaul", metric = "BudgetOverrun", dimensions = { workflow = name }
      statistic = "Sum", threshold = 1, period = 300, evaluations = 1
      says      = "${name}: an execution used more operations or bytes than its contract's budget allows; the indexer's log names it. docs/observability.md"
    }
  }]...)

  platform_alarms = {
    utilisation = {
      namespace = "AWS/Lambda", metric = "ApproximateRunningDurableExecutionsUtilization", dimensions = {}
      statistic = "Maximum", threshold = var.limits.utilisation_percent, period = 60, evaluations = 5
      says      = "Running executions use ${var.limits.utilisation_percent} % of the account's limit: ask for a higher one."
    }
    model-throttles = {
      namespace = "AWS/Bedrock", metric = "InvocationThrottles", dimensions = {}
      statistic = "Sum", threshold = var.limits.model_throttles, period = 300, evaluations = 3
      says      = "Bedrock throttles: steps try again, so scoring is late, not lost. Ask for a higher quota."
    }
    model-tokens = {
      namespace = "AWS/Bedrock", metric = "OutputTokenCount", dimensions = {}
      statistic = "Sum", threshold = var.limits.model_tokens_per_hour, period = 3600, evaluations = 1
      says      = "The model wrote more than ${var.limits.model_tokens_per_hour} tokens in an hour: look for a loop before the bill does."
    }
    undelivered-events = {
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = var.undelivered_queue }
      statistic = "Maximum", threshold = 1, period = 60, evaluations = 1
      says      = "Events could not be told to the operators."
    }
  }

  # Some minutes of errors: one alone is tried again by whoever asked.
  function_alarms = { for what, name in var.functions : "${what}-errors" => {
    namespace = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = name }
    statistic = "Sum", threshold = 1, period = 60, evaluations = 3
    says      = "${name} ends with errors. docs/runbooks/stuck-execution.md"
  } }

  alarms = merge(local.queue_alarms, { for key, alarm in merge(local.platform_alarms, local.function_alarms) : "${var.name}-${key}" => alarm })
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = each.key
  alarm_description   = each.value.says
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.evaluations
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]
}

resource "aws_budgets_budget" "this" {
  name         = var.name
  budget_type  = "COST"
  limit_amount = tostring(var.budget_usd_per_month)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = ["user:application$longhaul"]
  }

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type         = notification.key
      threshold                 = notification.value
      threshold_type            = "PERCENTAGE"
      comparison_operator       = "GREATER_THAN"
      subscriber_sns_topic_arns = [var.topic_arn]
    }
  }
}
