locals {
  topic_arn     = "arn:aws:sns:${var.region}:${var.account_id}:${var.name}-operators"
  function_arns = "arn:aws:lambda:${var.region}:${var.account_id}:function:${var.function_prefix}"
  owner         = { StringEquals = { "aws:SourceAccount" = var.account_id } }

  rules = {
    executions = {
      description = "Executions that failed, ran out of time or were stopped."
      pattern = {
        source      = ["aws.lambda"]
        detail-type = ["Durable Execution Status Change"]
        # functionArn ends in a version.
        detail = { status = ["FAILED", "TIMED_OUT", "STOPPED"], functionArn = [{ prefix = local.function_arns }] }
      }
      paths = { name = "$.detail.durableExecutionName", status = "$.detail.status", function = "$.detail.functionArn" }
      says  = "\"Execution <name> of <function> is <status>. docs/runbooks/stuck-execution.md\""
    }
    reviews = {
      description = "Reviews that nobody decided in time."
      pattern     = { source = ["longhaul"], detail-type = ["Review Expired"] }
      paths       = { review = "$.detail.review", execution = "$.detail.execution", workflow = "$.detail.workflow", role = "$.detail.role" }
      says        = "\"Nobody of <role> decided <review> of <execution> (<workflow>) before its deadline. docs/reviews.md\""
    }
  }
}

resource "aws_sns_topic" "this" {
  name              = "${var.name}-operators"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = local.topic_arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = local.topic_arn
        Condition = local.owner
      },
      {
        Sid       = "Rules"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = local.topic_arn
        Condition = { ArnEquals = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.this : rule.arn] } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "this" {
  for_each = toset(var.operator_addresses)

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.value
}

# What operators are told of, each in one line. The events hold no result, no input and no person, and neither do the messages.
resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.rules

  # The index of executions has a rule of its own, under their name.
  name          = "${var.name}-operators-${each.key}"
  description   = each.value.description
  event_pattern = jsonencode(each.value.pattern)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.rules

  rule      = aws_cloudwatch_event_rule.this[each.key].name
  target_id = "operators"
  arn       = aws_sns_topic.this.arn

  input_transformer {
    input_paths    = each.value.paths
    input_template = each.value.says
  }

  dead_letter_config {
    arn = module.undelivered.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 20
  }
}

# Events that could not be told to the operators.
module "undelivered" {
  source = "../queue"

  name         = "${var.name}-undelivered-events"
  account_id   = var.account_id
  region       = var.region
  kms_key_arn  = var.kms_key_arn
  rule_arns    = [for key in keys(local.rules) : "arn:aws:events:${var.region}:${var.account_id}:rule/${var.name}-operators-${key}"]
  redrive_from = []
}
