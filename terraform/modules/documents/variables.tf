variable "name" {
  description = "The bucket's name. It is unique in all of AWS."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "Expected `name` to be 3 to 63 of a-z, 0-9 and -, not at the ends, got ${var.name}."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts the objects."
  type        = string
}

variable "notifications" {
  description = "Queues that are told of new objects under a prefix."
  type = list(object({
    id        = string
    queue_arn = string
    prefix    = string
  }))
  default = []

  validation {
    condition     = alltrue([for one in var.notifications : endswith(one.prefix, "/")])
    error_message = "Expected each prefix of `notifications` to end in /, got ${join(", ", var.notifications[*].prefix)}."
  }

  validation {
    condition     = alltrue([for one in var.notifications : length([for other in var.notifications : other if startswith(other.prefix, one.prefix)]) == 1])
    error_message = "Expected no prefix of `notifications` to begin with another: S3 refuses such a pair. Got ${join(", ", var.notifications[*].prefix)}."
  }
}

variable "expiries" {
  description = "After how many days objects under a prefix are removed."
  type = list(object({
    prefix = string
    days   = number
  }))
  default = []

  validation {
    condition     = alltrue([for expiry in var.expiries : expiry.days >= 1])
    error_message = "Expected `days` of each of `expiries` to be at least 1."
  }
}

variable "noncurrent_days" {
  description = "After how many days a version that was overwritten or removed is gone for good."
  type        = number
  default     = 90

  validation {
    condition     = var.noncurrent_days >= 1
    error_message = "Expected `noncurrent_days` to be at least 1, got ${var.noncurrent_days}."
  }
}

variable "access_log_bucket" {
  description = "The bucket that takes the access log; null for none."
  type        = string
  default     = null
}

variable "protect" {
  description = "Whether a plan that replaces or destroys the bucket fails."
  type        = bool
  default     = false
}
