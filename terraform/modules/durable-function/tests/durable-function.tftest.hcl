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

  queue_key_arn             = "arn:aws:kms:eu-west-1:111111111111:key/data"
  execution_timeout_seconds = 345600
  retention_days            = 14
}

run "durable_published_and_behind_its_alias" {
  command = apply

  assert {
    condition     = aws_lambda_function.this.durable_config[0].execution_timeout == 345600 && aws_lambda_function.this.durable_config[0].retention_period == 14
    error_message = "Expected the function to be durable."
  }

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.this.function_version == aws_lambda_function.this.version
    error_message = "Expected a published version behind the alias."
  }

  assert {
    condition     = aws_lambda_function.this.dead_letter_config[0].target_arn == module.failures.arn
    error_message = "Expected the events of failed executions to be kept."
  }

  assert {
    condition     = aws_lambda_function.this.timeouts.delete == "60m"
    error_message = "Expected deleting to wait for the executions that still run."
  }
}

run "checkpoints_on_its_own_versions_only" {
  command = plan

  assert {
    condition     = local.own[0].resources == ["arn:aws:lambda:eu-west-1:111111111111:function:longhaul-training:*"]
    error_message = "Expected the function's own versions, never the bare function."
  }
}

run "an_alarm_turns_a_rollout_back" {
  command = apply
  variables { rollout = "CodeDeployDefault.LambdaCanary10Percent30Minutes" }

  assert {
    condition     = contains(aws_codedeploy_deployment_group.this.auto_rollback_configuration[0].events, "DEPLOYMENT_STOP_ON_ALARM")
    error_message = "Expected the rollout to turn back on an alarm."
  }

  assert {
    condition     = contains(aws_codedeploy_deployment_group.this.alarm_configuration[0].alarms, "longhaul-training-failed")
    error_message = "Expected failed executions to be such an alarm."
  }
}

run "a_guard_where_it_is_asked_for" {
  command = plan
  variables { protect = true }

  assert {
    condition     = length(terraform_data.guard) == 1
    error_message = "Expected a guard."
  }
}

run "a_timeout_of_over_366_days_is_refused" {
  command = plan
  variables { execution_timeout_seconds = 31622401 }
  expect_failures = [var.execution_timeout_seconds]
}

run "a_retention_of_over_90_days_is_refused" {
  command = plan
  variables { retention_days = 91 }
  expect_failures = [var.retention_days]
}

run "a_rollout_that_CodeDeploy_does_not_know_is_refused" {
  command = plan
  variables { rollout = "CodeDeployDefault.ECSAllAtOnce" }
  expect_failures = [var.rollout]
}
