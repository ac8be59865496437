variable "tables" {
  description = "The tables by name, with their keys and their indexes by name, which hold whole items or their keys only. All keys are strings."
  type = map(object({
    partition_key = string
    sort_key      = optional(string)
    indexes = optional(map(object({
      partition_key = string
      sort_key      = string
      keys_only     = optional(bool, false)
    })), {})
  }))
}

variable "account_id" {
  description = "The account that everything is in."
  type        = string
}

variable "region" {
  description = "The region that everything is in."
  type        = string
}

variable "kms_key_arn" {
  description = "The key that encrypts the tables and the sweeper's environment variables."
  type        = string
}

variable "ttl_attribute" {
  description = "The attribute that says when an item is removed, in epoch seconds."
  type        = string
  default     = "expiresAt"
}

variable "deletion_protection" {
  description = "Whether DynamoDB refuses to delete the tables."
  type        = bool
  default     = true
}

variable "protect" {
  description = "Whether a plan that replaces or destroys a table fails."
  type        = bool
  default     = false
}

variable "sweeper" {
  description = "The sweeper's name, code, size, environment and permissions."
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

variable "sweep_every" {
  description = "How often the sweeper runs, as a schedule expression."
  type        = string
  default     = "rate(1 minute)"

  validation {
    condition     = can(regex("^(rate|cron)\\(.+\\)$", var.sweep_every))
    error_message = "Expected `sweep_every` to be such as rate(1 minute), got ${var.sweep_every}."
  }
}

variable "sweeper_concurrency" {
  description = "Invocations at once that are kept for the sweeper; -1 for no reservation."
  type        = number
  default     = -1
}

variable "log_retention_days" {
  description = "How long the sweeper's log is kept, in days."
  type        = number
}

variable "log_key_arn" {
  description = "The key that encrypts the sweeper's log."
  type        = string
}
