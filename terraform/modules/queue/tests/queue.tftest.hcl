mock_provider "aws" {}

variables {
  name        = "longhaul-training"
  account_id  = "111111111111"
  region      = "eu-west-1"
  kms_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
}

run "encrypted_and_over_TLS_only" {
  command = apply

  assert {
    condition     = aws_sqs_queue.this.kms_master_key_id == var.kms_key_arn
    error_message = "Expected the messages to be encrypted by the key that was given."
  }

  assert {
    condition     = [for statement in jsondecode(aws_sqs_queue_policy.this.policy).Statement : statement.Effect] == ["Deny"]
    error_message = "Expected a queue that nobody was named for to deny what comes without TLS, and to allow nothing."
  }
}

run "a_queue_with_dead_letters_and_a_bucket" {
  command = apply

  variables {
    dead_letters = { queue_arn = "arn:aws:sqs:eu-west-1:111111111111:longhaul-training-dead-letters", after_receives = 5 }
    bucket_arn   = "arn:aws:s3:::documents"
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount == 5
    error_message = "Expected dead letters after five receives."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_policy.this.policy).Statement[1].Condition.ArnEquals["aws:SourceArn"] == "arn:aws:s3:::documents"
    error_message = "Expected S3 to send for this bucket only."
  }
}

run "a_dead_letter_queue_names_the_queues_that_it_is_for" {
  command = apply

  variables { redrive_from = ["arn:aws:sqs:eu-west-1:111111111111:longhaul-training"] }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_allow_policy.this[0].redrive_allow_policy).redrivePermission == "byQueue"
    error_message = "Expected the queues to be named."
  }
}

run "a_queue_of_events_is_nobodys_dead_letter_queue" {
  command = apply

  variables { redrive_from = [] }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_allow_policy.this[0].redrive_allow_policy).redrivePermission == "denyAll"
    error_message = "Expected no queue to be let."
  }
}

run "everybody_as_a_producer_is_refused" {
  command = plan
  variables { producer_arns = ["*"] }
  expect_failures = [var.producer_arns]
}
