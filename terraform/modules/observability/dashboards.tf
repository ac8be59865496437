locals {
  # A widget: its title, and its metrics as CloudWatch writes them.
  workflow_widgets = { for name, workflow in var.workflows : name => [
    { title = "Executions", stat = "Sum", metrics = [for metric in ["DurableExecutionStarted", "DurableExecutionSucceeded", "DurableExecutionFailed", "DurableExecutionTimedOut", "DurableExecutionStopped"] : ["AWS/Lambda", metric, "FunctionName", workflow.function]] },
    { title = "Running now", stat = "Maximum", metrics = [["AWS/Lambda", "ApproximateRunningDurableExecutions", "FunctionName", workflow.function]] },
    { title = "How long they take", stat = "p95", metrics = [["AWS/Lambda", "DurableExecutionDuration", "FunctionName", workflow.function]] },
    { title = "Invocations, errors, throttles", stat = "Sum", metrics = [for metric in ["Invocations", "Errors", "Throttles"] : ["AWS/Lambda", metric, "FunctionName", workflow.function]] },
    { title = "Queue and dead letters", stat = "Maximum", metrics = [for queue in [workflow.queue, workflow.dead_letters, workflow.failures] : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue]] },
    { title = "Oldest message, oldest review (s)", stat = "Maximum", metrics = [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", workflow.queue], ["Longhaul", "OldestOpenReviewSeconds", "workflow", name]] },
    { title = "Scores: made, without one, asked again, by the fallback", stat = "Sum", metrics = [for metric in ["ScoreMade", "ScoreUnusable", "ScoreAskedAgain", "ScoreByFallback"] : ["Longhaul", metric, "workflow", name]] },
    { title = "Why there was no score", stat = "Sum", metrics = [for metric in ["ScoreSuspicious", "ScoreSpread", "ScoreCriteriaDisagree", "ScoreMisquoted", "ScoreLanguageUnknown", "ScoreDocumentCut", "ScoreBudgetRefused", "DocumentUnreadable"] : ["Longhaul", metric, "workflow", name]] },
    { title = "Operations of an execution (limit 3,000)", stat = "Maximum", metrics = [["AWS/Lambda", "DurableExecutionOperations", "FunctionName", workflow.function]] },
    { title = "Bytes of an execution (limit 100 MB)", stat = "Maximum", metrics = [["AWS/Lambda", "DurableExecutionStorageWrittenBytes", "FunctionName", workflow.function]] },
  ] }

  platform_widgets = [
    { title = "Running executions, all", stat = "Maximum", metrics = [for name, workflow in var.workflows : ["AWS/Lambda", "ApproximateRunningDurableExecutions", "FunctionName", workflow.function]] },
    { title = "Use of the account's limit (%)", stat = "Maximum", metrics = [["AWS/Lambda", "ApproximateRunningDurableExecutionsUtilization"]] },
    { title = "Failed executions", stat = "Sum", metrics = [for name, workflow in var.workflows : ["AWS/Lambda", "DurableExecutionFailed", "FunctionName", workflow.function]] },
    { title = "Dead letters", stat = "Maximum", metrics = [for name, workflow in var.workflows : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", workflow.dead_letters]] },
    { title = "Model: calls and throttles", stat = "Sum", metrics = [["AWS/Bedrock", "Invocations"], ["AWS/Bedrock", "InvocationThrottles"]] },
    { title = "Model: tokens", stat = "Sum", metrics = [["AWS/Bedrock", "InputTokenCount"], ["AWS/Bedrock", "OutputTokenCount"]] },
    { title = "Shared functions: invocations", stat = "Sum", metrics = [for name in values(var.functions) : ["AWS/Lambda", "Invocations", "FunctionName", name]] },
    { title = "Shared functions: errors", stat = "Sum", metrics = [for name in values(var.functions) : ["AWS/Lambda", "Errors", "FunctionName", name]] },
  ]

  dashboards = merge(
    { (var.name) = local.platform_widgets },
    { for name, workflow in var.workflows : workflow.function => local.workflow_widgets[name] },
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  for_each = local.dashboards

  dashboard_name = each.key
  dashboard_body = jsonencode({
    widgets = [for index, widget in each.value : {
      type   = "metric"
      x      = (index % 2) * 12
      y      = floor(index / 2) * 6
      width  = 12
      height = 6
      properties = {
        title   = widget.title
        stat    = widget.stat
        metrics = widget.metrics
        period  = 300
        region  = var.region
        view    = "timeSeries"
      }
    }]
  })
}
