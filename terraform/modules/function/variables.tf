variable "name" {
  description = "The function's name."
  type        = string
}

variable "account_id" {
  description = "The account that the function runs in."
  type        = string
}

variable "region" {
  description = "The function's region."
  type        = string
}

variable "code" {
  description = "The zip that `npm run build` made, and its SHA-256 in base64."
  type = object({
    filename = string
    sha256   = string
  })

  validation {
    condition     = can(regex("^[A-Za-z0-9+/]{43}=$", var.code.sha256))
    error_message = "Expected `code.sha256` to be a SHA-256 in base64 (44 characters), got ${var.code.sha256}."
  }
}

variable "memory_mb" {
  description = "Memory in MB; the share of a CPU follows it."
  type        = number

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240
    error_message = "Expected `memory_mb` to be 128 to 10240, got ${var.memory_mb}."
  }
}

variable "timeout_seconds" {
  description = "How long one invocation may take, in seconds."
  type        = number

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "Expected `timeout_seconds` to be 1 to 900, got ${var.timeout_seconds}."
  }
}

variable "environment" {
  description = "Environment variables. Secrets do not belong here."
  type        = map(string)
  default     = {}
}

variable "permissions" {
  description = "What the function may do besides writing its log and traces. No action is a wildcard, and no resource is `*`."
  type = list(object({
    sid        = string
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))
  default = []
}

variable "environment_key_arn" {
  description = "The key that encrypts the environment variables."
  type        = string
}

variable "log_retention_days" {
  description = "How long the log is kept, in days."
  type        = number
}

variable "log_key_arn" {
  description = "The key that encrypts the log."
  type        = string
}

variable "reserved_concurrency" {
  description = "Invocations at once that are kept for this function and are its most; -1 for no reservation."
  type        = number
  default     = -1

  validation {
    condition     = var.reserved_concurrency == -1 || var.reserved_concurrency >= 1
    error_message = "Expected `reserved_concurrency` to be -1 or at least 1 (0 would stop the function), got ${var.reserved_concurrency}."
  }
}

variable "durable" {
  description = "For a durable function: how long an execution may take in all (seconds, up to 366 days), and how long the history of one that has ended is kept (days)."
  type = object({
    execution_timeout_seconds = number
    retention_days            = number
  })
  default = null

  validation {
    condition     = var.durable == null ? true : var.durable.execution_timeout_seconds >= 1 && var.durable.execution_timeout_seconds <= 31622400
    error_message = "Expected `durable.execution_timeout_seconds` to be 1 to 31622400 (366 days)."
  }

  validation {
    condition     = var.durable == null ? true : var.durable.retention_days >= 1 && var.durable.retention_days <= 90
    error_message = "Expected `durable.retention_days` to be 1 to 90."
  }
}

variable "dead_letter_arn" {
  description = "The queue that keeps the events of asynchronous invocations that failed."
  type        = string
  default     = null
}
