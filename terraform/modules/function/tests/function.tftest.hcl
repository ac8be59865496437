mock_provider "aws" {}

variables {
  name                = "longhaul-training"
  account_id          = "111111111111"
  region              = "eu-west-1"
  code                = { filename = "function.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  memory_mb           = 512
  timeout_seconds     = 120
  environment_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
  log_retention_days  = 30
  log_key_arn         = "arn:aws:kms:eu-west-1:111111111111:key/operations"
}

run "published_behind_its_alias" {
  command = apply

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.this[0].function_version == aws_lambda_function.this.version
    error_message = "Expected the alias to point at the newest version."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_group == module.role.log_group_name
    error_message = "Expected the log group that has retention and key."
  }
}

run "durable_where_it_is_asked_for" {
  command = apply
  variables {
    durable         = { execution_timeout_seconds = 345600, retention_days = 14 }
    dead_letter_arn = "arn:aws:sqs:eu-west-1:111111111111:longhaul-training-failures"
  }

  assert {
    condition     = aws_lambda_function.this.durable_config[0].execution_timeout == 345600 && aws_lambda_function.this.durable_config[0].retention_period == 14
    error_message = "Expected the function to be durable."
  }

  assert {
    condition     = aws_lambda_function.this.dead_letter_config[0].target_arn == var.dead_letter_arn
    error_message = "Expected the events of failed executions to be kept."
  }

  assert {
    condition     = aws_lambda_function.this.timeouts.delete == "60m"
    error_message = "Expected deleting to wait for the executions that still run."
  }

  assert {
    condition     = length(aws_lambda_alias.this) == 0 && aws_lambda_alias.rolled_out[0].function_version == aws_lambda_function.this.version
    error_message = "Expected an alias that CodeDeploy moves."
  }
}

run "an_execution_of_over_366_days_is_refused" {
  command = plan
  variables { durable = { execution_timeout_seconds = 31622401, retention_days = 14 } }
  expect_failures = [var.durable]
}

run "a_retention_of_over_90_days_is_refused" {
  command = plan
  variables { durable = { execution_timeout_seconds = 3600, retention_days = 91 } }
  expect_failures = [var.durable]
}

run "a_hash_that_is_none_is_refused" {
  command = plan
  variables { code = { filename = "function.zip", sha256 = "latest" } }
  expect_failures = [var.code]
}

run "a_reservation_of_nothing_is_refused" {
  command = plan
  variables { reserved_concurrency = 0 }
  expect_failures = [var.reserved_concurrency]
}

run "an_invocation_of_an_hour_is_refused" {
  command = plan
  variables { timeout_seconds = 3600 }
  expect_failures = [var.timeout_seconds]
}
