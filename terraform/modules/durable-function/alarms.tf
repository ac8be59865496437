locals {
  alarms = {
    failed = {
      metric = "DurableExecutionFailed"
      says   = "An execution of ${var.function.name} failed. docs/runbooks/stuck-execution.md"
    }
    timed-out = {
      metric = "DurableExecutionTimedOut"
      says   = "An execution of ${var.function.name} ran out of time. docs/runbooks/stuck-execution.md"
    }
    errors = {
      metric = "Errors"
      says   = "Invocations of ${var.function.name} end with an error; the service tries them again. docs/runbooks/stuck-execution.md"
    }
    throttles = {
      metric = "Throttles"
      says   = "Invocations of ${var.function.name} are throttled: its reserved concurrency or the account's is used up."
    }
    dead-letter-errors = {
      metric = "DeadLetterErrors"
      says   = "Lambda could not put the event of a failed execution of ${var.function.name} onto its queue: it is lost."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.function.name}-${each.key}"
  alarm_description   = each.value.says
  namespace           = "AWS/Lambda"
  metric_name         = each.value.metric
  dimensions          = { FunctionName = module.durable.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = lookup(var.alarm_thresholds, each.key, 1)
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}
