mock_provider "aws" {}

variables {
  names = {
    queue        = "longhaul-training"
    dead_letters = "longhaul-training-dead-letters"
    dispatcher   = "longhaul-training-dispatcher"
    function     = "longhaul-training"
  }
  account_id = "111111111111"
  region     = "eu-west-1"
  dispatcher = {
    code            = { filename = "function.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
    memory_mb       = 256
    timeout_seconds = 30
    environment     = {}
  }
  visibility_timeout_seconds = 180
  queue_key_arn              = "arn:aws:kms:eu-west-1:111111111111:key/data"
  environment_key_arn        = "arn:aws:kms:eu-west-1:111111111111:key/data"
  log_retention_days         = 30
  log_key_arn                = "arn:aws:kms:eu-west-1:111111111111:key/operations"
}

run "the_dispatcher_reads_the_queue_by_alias_and_answers_in_parts" {
  command = apply

  assert {
    condition     = aws_lambda_event_source_mapping.this.function_name == module.dispatcher.alias_arn
    error_message = "Expected the mapping to name the alias."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this.function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "Expected partial answers."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this.scaling_config[0].maximum_concurrency == 5
    error_message = "Expected an upper bound of dispatchers."
  }
}

run "executions_are_started_by_alias" {
  command = plan

  assert {
    condition     = [for permission in local.own : permission.resources if permission.sid == "StartExecutions"] == [["arn:aws:lambda:eu-west-1:111111111111:function:longhaul-training:live"]]
    error_message = "Expected the alias of this workflow and no other."
  }
}

run "a_visibility_timeout_that_is_too_short_is_refused" {
  command = plan
  variables { visibility_timeout_seconds = 60 }
  expect_failures = [var.visibility_timeout_seconds]
}

run "giving_up_after_one_receive_is_refused" {
  command = plan
  variables { max_receive_count = 1 }
  expect_failures = [var.max_receive_count]
}

run "dead_letters_that_go_before_they_are_read_are_refused" {
  command = plan
  variables { dead_letter_retention_seconds = 86400 }
  expect_failures = [var.dead_letter_retention_seconds]
}

run "one_dispatcher_at_once_is_refused" {
  command = plan
  variables { maximum_concurrency = 1 }
  expect_failures = [var.maximum_concurrency]
}
