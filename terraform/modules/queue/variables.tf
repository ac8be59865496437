variable "name" {
  description = "The queue's name."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,80}$", var.name))
    error_message = "Expected `name` to be 1 to 80 of a-z, A-Z, 0-9, _ and -, got ${var.name}."
  }
}

variable "account_id" {
  description = "The account that owns the queue."
  type        = string
}

variable "region" {
  description = "The queue's region."
  type        = string
}

variable "kms_key_arn" {
  description = "The key that encrypts the messages."
  type        = string
}

variable "retention_seconds" {
  description = "How long a message stays, in seconds; the default is the longest, 14 days."
  type        = number
  default     = 1209600

  validation {
    condition     = var.retention_seconds >= 60 && var.retention_seconds <= 1209600
    error_message = "Expected `retention_seconds` to be 60 to 1209600, got ${var.retention_seconds}."
  }
}

variable "visibility_timeout_seconds" {
  description = "How long a message that was received is hidden, in seconds."
  type        = number
  default     = 30

  validation {
    condition     = var.visibility_timeout_seconds >= 0 && var.visibility_timeout_seconds <= 43200
    error_message = "Expected `visibility_timeout_seconds` to be 0 to 43200, got ${var.visibility_timeout_seconds}."
  }
}

variable "dead_letters" {
  description = "Where a message goes that was received too often; null for a queue that is itself a dead-letter queue."
  type = object({
    queue_arn      = string
    after_receives = number
  })
  default = null
}

variable "redrive_from" {
  description = "For a dead-letter queue: the ARNs of the queues that may use it as theirs; empty for none. Null for any other queue."
  type        = list(string)
  default     = null
}

variable "bucket_arn" {
  description = "The bucket whose notifications the queue takes; null for none."
  type        = string
  default     = null
}

variable "rule_arns" {
  description = "EventBridge rules that may send to the queue."
  type        = list(string)
  default     = []
}

variable "producer_arns" {
  description = "Principals of other accounts that may send to the queue. Those of this account need an IAM policy only."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.producer_arns : startswith(arn, "arn:aws:iam::")])
    error_message = "Expected each of `producer_arns` to be an IAM ARN, never `*`, got ${join(", ", var.producer_arns)}."
  }
}
