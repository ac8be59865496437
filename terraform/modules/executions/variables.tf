variable "names" {
  description = "What the queue (and the rule that fills it) and its dead-letter queue are called."
  type = object({
    queue        = string
    dead_letters = string
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

variable "function_prefix" {
  description = "What the names of the workflows' functions begin with: other executions are not indexed."
  type        = string

  validation {
    condition     = length(var.function_prefix) > 0
    error_message = "Expected `function_prefix` to be some characters, got none."
  }
}

variable "indexer" {
  description = "The indexer's name, code, size, environment and permissions besides taking events."
  type = object({
    name = string
    code = object({
      filename = string
      sha256   = string
    })
    memory_mb       = number
    timeout_seconds = number
    environment     = map(string)
    permissions = list(object({
      sid        = string
      actions    = list(string)
      resources  = list(string)
      conditions = optional(map(map(list(string))), {})
    }))
  })
}

variable "batch_size" {
  description = "Events that the indexer takes at once."
  type        = number
  default     = 100

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 1000
    error_message = "Expected `batch_size` to be 1 to 1000, got ${var.batch_size}."
  }
}

variable "batch_window_seconds" {
  description = "How long an event waits for others, in seconds."
  type        = number
  default     = 1

  validation {
    condition     = var.batch_window_seconds >= 1 && var.batch_window_seconds <= 300
    error_message = "Expected `batch_window_seconds` to be 1 to 300 (more than ten events at once need a window), got ${var.batch_window_seconds}."
  }
}

variable "maximum_concurrency" {
  description = "Indexers at once."
  type        = number
  default     = 5
}

variable "reserved_concurrency" {
  description = "Invocations at once that are kept for the indexer; -1 for no reservation."
  type        = number
  default     = -1
}

variable "repair_every" {
  description = "How often the index is compared with the service, as a schedule expression."
  type        = string
  default     = "rate(5 minutes)"

  validation {
    condition     = can(regex("^(rate|cron)\\(.+\\)$", var.repair_every))
    error_message = "Expected `repair_every` to be such as rate(5 minutes), got ${var.repair_every}."
  }
}

variable "retention_seconds" {
  description = "How long an event waits to be taken, in seconds; the repair finds what was lost."
  type        = number
  default     = 86400
}

variable "visibility_timeout_seconds" {
  description = "How long an event that was received is hidden, in seconds; six times the indexer's timeout."
  type        = number

  validation {
    condition     = var.visibility_timeout_seconds >= 6 * var.indexer.timeout_seconds
    error_message = "Expected `visibility_timeout_seconds` to be at least six times `indexer.timeout_seconds` (${var.indexer.timeout_seconds}), got ${var.visibility_timeout_seconds}."
  }
}

variable "max_receive_count" {
  description = "How often an event is received before it is a dead letter."
  type        = number
  default     = 5
}

variable "queue_key_arn" {
  description = "The key that encrypts the events."
  type        = string
}

variable "environment_key_arn" {
  description = "The key that encrypts the indexer's environment variables."
  type        = string
}

variable "log_retention_days" {
  description = "How long the indexer's log is kept, in days."
  type        = number
}

variable "log_key_arn" {
  description = "The key that encrypts the indexer's log."
  type        = string
}
