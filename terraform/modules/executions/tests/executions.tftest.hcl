mock_provider "aws" {}

variables {
  names           = { queue = "longhaul-executions", dead_letters = "longhaul-executions-dead-letters" }
  account_id      = "111111111111"
  region          = "eu-west-1"
  function_prefix = "longhaul-"
  indexer = {
    name            = "longhaul-indexer"
    code            = { filename = "function.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
    memory_mb       = 512
    timeout_seconds = 60
    environment     = {}
    permissions     = []
  }
  visibility_timeout_seconds = 360
  queue_key_arn              = "arn:aws:kms:eu-west-1:111111111111:key/data"
  environment_key_arn        = "arn:aws:kms:eu-west-1:111111111111:key/data"
  log_retention_days         = 30
  log_key_arn                = "arn:aws:kms:eu-west-1:111111111111:key/operations"
}

run "events_of_our_functions_go_to_the_queue_and_nobody_elses" {
  command = apply

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this.event_pattern).detail.functionArn == [{ prefix = "arn:aws:lambda:eu-west-1:111111111111:function:longhaul-" }]
    error_message = "Expected the functions of this platform alone."
  }

  assert {
    condition     = aws_cloudwatch_event_target.this.arn == module.queue.arn
    error_message = "Expected the queue as the rule's target."
  }
}

run "the_indexer_runs_by_alias_for_events_and_for_the_repair" {
  command = apply

  assert {
    condition     = aws_lambda_event_source_mapping.this.function_name == module.indexer.alias_arn
    error_message = "Expected the mapping to name the alias."
  }

  assert {
    condition     = one(aws_scheduler_schedule.this.target).arn == module.indexer.alias_arn && jsondecode(one(aws_scheduler_schedule.this.target).input) == { repair = true }
    error_message = "Expected the schedule to ask the alias for a repair."
  }
}

run "a_visibility_timeout_that_is_too_short_is_refused" {
  command = plan
  variables { visibility_timeout_seconds = 60 }
  expect_failures = [var.visibility_timeout_seconds]
}

run "a_batch_without_a_window_is_refused" {
  command = plan
  variables { batch_window_seconds = 0 }
  expect_failures = [var.batch_window_seconds]
}
