mock_provider "aws" {}

variables {
  name               = "longhaul-training"
  account_id         = "111111111111"
  region             = "eu-west-1"
  log_retention_days = 30
  log_key_arn        = "arn:aws:kms:eu-west-1:111111111111:key/operations"
  permissions = [{
    sid        = "ReadDocuments"
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::documents/training/*"]
    conditions = { StringLike = { "s3:prefix" = ["training/*"] } }
  }]
}

run "the_role_writes_its_own_log_and_does_what_it_is_given" {
  command = apply

  assert {
    condition     = jsondecode(aws_iam_role_policy.this.policy).Statement[0].Resource == ["arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/longhaul-training:*"]
    error_message = "Expected the function's own log and no other."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.this.policy).Statement[2].Condition.StringLike["s3:prefix"] == ["training/*"]
    error_message = "Expected the condition that was given."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30 && aws_cloudwatch_log_group.this.kms_key_id == var.log_key_arn
    error_message = "Expected a log with retention and key."
  }
}

run "an_action_with_a_wildcard_is_refused" {
  command = plan
  variables { permissions = [{ sid = "All", actions = ["s3:*"], resources = ["arn:aws:s3:::documents"] }] }
  expect_failures = [var.permissions]
}

run "every_resource_is_refused" {
  command = plan
  variables { permissions = [{ sid = "All", actions = ["s3:GetObject"], resources = ["*"] }] }
  expect_failures = [var.permissions]
}

run "a_retention_that_CloudWatch_does_not_know_is_refused" {
  command = plan
  variables { log_retention_days = 31 }
  expect_failures = [var.log_retention_days]
}
