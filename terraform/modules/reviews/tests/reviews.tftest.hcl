mock_provider "aws" {}

variables {
  tables = {
    longhaul-reviews = {
      partition_key = "case"
      sort_key      = "entry"
      indexes = {
        inbox = { partition_key = "inbox", sort_key = "deadlineAt" }
        tally = { partition_key = "inbox", sort_key = "deadlineAt", keys_only = true }
      }
    }
    longhaul-requests = { partition_key = "source" }
  }
  account_id  = "111111111111"
  region      = "eu-west-1"
  kms_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
  sweeper = {
    name            = "longhaul-sweeper"
    code            = { filename = "function.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
    memory_mb       = 512
    timeout_seconds = 30
    environment     = {}
    permissions     = []
  }
  log_retention_days = 30
  log_key_arn        = "arn:aws:kms:eu-west-1:111111111111:key/operations"
}

run "tables_that_can_be_brought_back_and_not_deleted" {
  command = apply

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : table.deletion_protection_enabled && one(table.point_in_time_recovery).enabled && one(table.ttl).enabled])
    error_message = "Expected deletion protection, point-in-time recovery and a time to live."
  }

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : one(table.server_side_encryption).kms_key_arn == var.kms_key_arn])
    error_message = "Expected the key that was given."
  }

  assert {
    condition     = toset([for attribute in aws_dynamodb_table.this["longhaul-reviews"].attribute : attribute.name]) == toset(["case", "deadlineAt", "entry", "inbox"])
    error_message = "Expected the attributes of the keys, each once."
  }

  assert {
    condition     = { for index in aws_dynamodb_table.this["longhaul-reviews"].global_secondary_index : index.name => index.projection_type } == { inbox = "ALL", tally = "KEYS_ONLY" }
    error_message = "Expected whole items in the one index, and keys in the other."
  }
}

run "the_sweeper_runs_by_alias" {
  command = apply

  assert {
    condition     = one(aws_scheduler_schedule.this.target).arn == module.sweeper.alias_arn
    error_message = "Expected the schedule to name the alias."
  }
}

run "a_guard_for_each_table_where_it_is_asked_for" {
  command = plan
  variables { protect = true }

  assert {
    condition     = length(terraform_data.guard) == 2
    error_message = "Expected two guards."
  }
}

run "a_schedule_that_is_none_is_refused" {
  command = plan
  variables { sweep_every = "every minute" }
  expect_failures = [var.sweep_every]
}
