mock_provider "aws" {}

variables {
  name               = "longhaul"
  account_id         = "111111111111"
  region             = "eu-west-1"
  kms_key_arn        = "arn:aws:kms:eu-west-1:111111111111:key/operations"
  mail_identity      = "longhaul.example.com"
  operator_addresses = ["platform@example.com"]
  function_prefix    = "longhaul-"
}

run "operators_are_told_of_executions_that_ended_badly" {
  command = apply

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["executions"].event_pattern).detail.functionArn[0].prefix == "arn:aws:lambda:eu-west-1:111111111111:function:longhaul-"
    error_message = "Expected the platform's functions by the beginning of their ARN, for it ends in a version."
  }

  assert {
    condition     = alltrue([for target in aws_cloudwatch_event_target.this : target.dead_letter_config[0].arn == module.undelivered.arn])
    error_message = "Expected what cannot be told to be kept."
  }

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.kms_key_arn
    error_message = "Expected the topic to be encrypted."
  }
}

run "operators_are_told_of_reviews_that_nobody_decided" {
  command = apply

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["reviews"].event_pattern).detail-type == ["Review Expired"]
    error_message = "Expected a rule on the platform's own events."
  }
}

run "mails_leave_over_TLS_only" {
  command = apply

  assert {
    condition     = aws_sesv2_configuration_set.this.delivery_options[0].tls_policy == "REQUIRE" && aws_sesv2_email_identity.this.configuration_set_name == "longhaul"
    error_message = "Expected the identity's mails to need TLS."
  }
}

run "an_identity_that_is_none_is_refused" {
  command = plan
  variables { mail_identity = "https://example.com" }
  expect_failures = [var.mail_identity]
}

run "an_operator_without_an_address_is_refused" {
  command = plan
  variables { operator_addresses = ["platform"] }
  expect_failures = [var.operator_addresses]
}
