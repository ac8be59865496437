mock_provider "aws" {}

variables {
  name      = "longhaul"
  region    = "eu-west-1"
  topic_arn = "arn:aws:sns:eu-west-1:111111111111:longhaul-operators"
  workflows = {
    training = {
      function              = "longhaul-training"
      queue                 = "longhaul-training"
      dead_letters          = "longhaul-training-dead-letters"
      failures              = "longhaul-training-failures"
      oldest_review_seconds = 259200
    }
  }
  functions            = { console = "longhaul-console", sweeper = "longhaul-sweeper" }
  undelivered_queue    = "longhaul-undelivered-events"
  budget_usd_per_month = 50
}

run "every_alarm_tells_the_operators_and_says_what_to_do" {
  command = apply

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([var.topic_arn]) && length(alarm.alarm_description) > 20])
    error_message = "Expected every alarm to tell the operators, in a sentence."
  }

  assert {
    condition = length(setsubtract(
      ["DurableExecutionOperations", "DurableExecutionStorageWrittenBytes", "ApproximateAgeOfOldestMessage", "ApproximateRunningDurableExecutionsUtilization", "InvocationThrottles", "OldestOpenReviewSeconds", "BudgetOverrun"],
      [for alarm in aws_cloudwatch_metric_alarm.this : alarm.metric_name],
    )) == 0
    error_message = "Expected an alarm before each bound."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["longhaul-sweeper-errors"].dimensions.FunctionName == "longhaul-sweeper"
    error_message = "Expected an alarm for the errors of each shared function."
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_dashboard.this)) == toset(["longhaul", "longhaul-training"])
    error_message = "Expected a dashboard for the platform and one for the workflow."
  }
}

run "an_alarm_that_comes_too_late_is_refused" {
  command = plan
  variables { limits = { operations = 3000 } }
  expect_failures = [var.limits]
}

run "a_budget_of_nothing_is_refused" {
  command = plan
  variables { budget_usd_per_month = 0 }
  expect_failures = [var.budget_usd_per_month]
}
