mock_provider "aws" {}

variables {
  name        = "longhaul-data"
  description = "Documents"
  account_id  = "111111111111"
  services    = ["s3.amazonaws.com"]
  log_region  = "eu-west-1"
}

run "a_key_that_turns_and_that_services_use_for_this_account_only" {
  command = apply

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "Expected rotation, and 30 days to change one's mind."
  }

  assert {
    condition = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement :
      try(statement.Condition.StringEquals["aws:SourceAccount"] == "111111111111", false) if statement.Sid == "ServiceS3AmazonawsCom"
    ])
    error_message = "Expected S3 to use the key for this account only."
  }

  assert {
    condition     = !strcontains(aws_kms_key.this.policy, "kms:*")
    error_message = "Expected each action of the key's policy to be named."
  }
}

run "rules_reach_an_encrypted_topic_of_this_account" {
  command = apply
  variables { services = ["events.amazonaws.com"] }

  assert {
    condition = [for statement in jsondecode(aws_kms_key.this.policy).Statement :
      statement.Condition.ArnLike["kms:EncryptionContext:aws:sns:topicArn"] if statement.Sid == "RulesToTopics"
    ] == ["arn:aws:sns:*:111111111111:*"]
    error_message = "Expected EventBridge to use the key for this account's topics, by the topic and not by the source account."
  }
}

run "a_short_account_id_is_refused" {
  command = plan
  variables { account_id = "1234" }
  expect_failures = [var.account_id]
}

run "a_principal_that_is_no_service_is_refused" {
  command = plan
  variables { services = ["*"] }
  expect_failures = [var.services]
}

run "a_rotation_that_KMS_does_not_know_is_refused" {
  command = plan
  variables { rotation_days = 30 }
  expect_failures = [var.rotation_days]
}
