mock_provider "aws" {}

variables {
  name        = "longhaul-documents-111111111111"
  kms_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
  notifications = [{
    id        = "training"
    queue_arn = "arn:aws:sqs:eu-west-1:111111111111:longhaul-training"
    prefix    = "training/requests/"
  }]
}

run "private_encrypted_and_versioned" {
  command = apply

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Expected public access to be blocked in all four ways."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Expected versions."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn
    error_message = "Expected the key that was given."
  }

  assert {
    condition     = aws_s3_bucket_notification.this.queue[0].filter_prefix == "training/requests/"
    error_message = "Expected new requests to be told to the queue."
  }
}

run "objects_under_a_prefix_expire" {
  command = apply
  variables { expiries = [{ prefix = "training/texts/", days = 30 }] }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[1].expiration[0].days == 30
    error_message = "Expected the texts to go after 30 days."
  }
}

run "prefixes_of_which_one_begins_with_the_other_are_refused" {
  command = plan

  variables {
    notifications = [
      { id = "a", queue_arn = "arn:aws:sqs:eu-west-1:111111111111:a", prefix = "training/" },
      { id = "b", queue_arn = "arn:aws:sqs:eu-west-1:111111111111:b", prefix = "training/requests/" },
    ]
  }

  expect_failures = [var.notifications]
}

run "a_name_that_S3_does_not_take_is_refused" {
  command = plan
  variables { name = "Documents" }
  expect_failures = [var.name]
}
