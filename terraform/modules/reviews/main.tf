locals {
  # Every attribute that is a key of a table or of one of its indexes; all are strings.
  attributes = { for name, table in var.tables : name => toset(compact(concat(
    [table.partition_key, table.sort_key],
    flatten([for index in values(table.indexes) : [index.partition_key, index.sort_key]]),
  ))) }
}

resource "aws_dynamodb_table" "this" {
  for_each = var.tables

  name                        = each.key
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.partition_key
  range_key                   = each.value.sort_key
  deletion_protection_enabled = var.deletion_protection

  dynamic "attribute" {
    for_each = local.attributes[each.key]

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = each.value.indexes

    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.value.partition_key
      range_key       = global_secondary_index.value.sort_key
      projection_type = global_secondary_index.value.keys_only ? "KEYS_ONLY" : "ALL"
    }
  }

  # Items without the attribute stay.
  ttl {
    enabled        = true
    attribute_name = var.ttl_attribute
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 35
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}

# What would replace or destroy a table would do so to this, and then the plan fails. See durable-function/main.tf.
resource "terraform_data" "guard" {
  for_each = var.protect ? var.tables : {}

  triggers_replace = [aws_dynamodb_table.this[each.key].id]

  lifecycle {
    prevent_destroy = true
  }
}
