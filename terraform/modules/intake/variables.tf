variable "names" {
  description = "What the queue, its dead-letter queue, the dispatcher and the durable function are called."
  type = object({
    queue        = string
    dead_letters = string
    dispatcher   = string
    function     = string
  })
}

variable "account_id" {
  description = "The account that everything is in."
  type        = string
}

variable "region" {
  description = "The region that everything is in."
  type        = string
}

variable "dispatcher" {
  description = "The dispatcher's code, size and environment."
  type = object({
    code = object({
      filename = string
      sha256   = string
    })
    memory_mb       = number
    timeout_seconds = number
    environment     = map(string)
  })
}

variable "permissions" {
  description = "What the dispatcher may do besides taking messages, refusing them and starting executions."
  type = list(object({
    sid        = string
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))
  default = []
}

variable "bucket_arn" {
  description = "The bucket whose notifications come to the queue; null for none."
  type        = string
  default     = null
}

variable "producer_arns" {
  description = "Principals of other accounts that may put messages on the queue."
  type        = list(string)
  default     = []
}

variable "retention_seconds" {
  description = "How long a message waits to be taken, in seconds."
  type        = number
  default     = 345600
}

variable "dead_letter_retention_seconds" {
  description = "How long a dead letter is kept, in seconds."
  type        = number
  default     = 1209600

  validation {
    condition     = var.dead_letter_retention_seconds > var.retention_seconds
    error_message = "Expected `dead_letter_retention_seconds` to be longer than `retention_seconds` (${var.retention_seconds}): a dead letter keeps the time of its first arrival. Got ${var.dead_letter_retention_seconds}."
  }
}

variable "visibility_timeout_seconds" {
  description = "How long a message that was received is hidden, in seconds; six times the dispatcher's timeout."
  type        = number

  validation {
    condition     = var.visibility_timeout_seconds >= 6 * var.dispatcher.timeout_seconds
    error_message = "Expected `visibility_timeout_seconds` to be at least six times `dispatcher.timeout_seconds` (${var.dispatcher.timeout_seconds}), got ${var.visibility_timeout_seconds}."
  }
}

variable "max_receive_count" {
  description = "How often a message is received before it is a dead letter."
  type        = number
  default     = 5

  validation {
    condition     = var.max_receive_count >= 2 && var.max_receive_count <= 1000
    error_message = "Expected `max_receive_count` to be 2 to 1000 (one crash is no reason to give up), got ${var.max_receive_count}."
  }
}

variable "batch_size" {
  description = "Messages that the dispatcher takes at once."
  type        = number
  default     = 10

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 10
    error_message = "Expected `batch_size` to be 1 to 10 (more needs a batching window, which only delays), got ${var.batch_size}."
  }
}

variable "maximum_concurrency" {
  description = "Dispatchers at once. Starts are limited to 300 a second in a region, for all workflows together."
  type        = number
  default     = 5

  validation {
    condition     = var.maximum_concurrency >= 2 && var.maximum_concurrency <= 1000
    error_message = "Expected `maximum_concurrency` to be 2 to 1000, got ${var.maximum_concurrency}."
  }
}

variable "reserved_concurrency" {
  description = "Invocations at once that are kept for the dispatcher; -1 for no reservation."
  type        = number
  default     = -1
}

variable "queue_key_arn" {
  description = "The key that encrypts the messages."
  type        = string
}

variable "environment_key_arn" {
  description = "The key that encrypts the dispatcher's environment variables."
  type        = string
}

variable "log_retention_days" {
  description = "How long the dispatcher's log is kept, in days."
  type        = number
}

variable "log_key_arn" {
  description = "The key that encrypts the dispatcher's log."
  type        = string
}
