mock_provider "aws" {}

variables {
  function = {
    name                = "longhaul-training"
    account_id          = "111111111111"
    region              = "eu-west-1"
    code                = { filename = "function.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
    memory_mb           = 512
    timeout_seconds     = 120
    environment_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
    log_retention_days  = 30
    log_key_arn         = "arn:aws:kms:eu-west-1:111111111111:key/operations"
    durable             = { execution_timeout_seconds = 345600, retention_days = 14 }
  }

  queue_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
}

run "what_failed_is_kept_and_new_executions_start_behind_the_alias" {
  command = apply

  assert {
    condition     = output.alias_name == "live" && output.failures.name == "longhaul-training-failures"
    error_message = "Expected an alias, and a queue for the events of failed executions."
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

run "a_rollout_that_CodeDeploy_does_not_know_is_refused" {
  command = plan
  variables { rollout = "CodeDeployDefault.ECSAllAtOnce" }
  expect_failures = [var.rollout]
}
