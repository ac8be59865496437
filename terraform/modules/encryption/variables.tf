variable "name" {
  description = "What the key is called: its alias is alias/NAME."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9/_-]{1,250}$", var.name))
    error_message = "Expected `name` to be 1 to 250 of a-z, A-Z, 0-9, /, _ and -, got ${var.name}."
  }
}

variable "description" {
  description = "What the key protects."
  type        = string
}

variable "account_id" {
  description = "The account that owns the key and what it protects."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Expected `account_id` to be 12 digits, got ${var.account_id}."
  }
}

variable "services" {
  description = "Service principals that may use the key for this account's resources, such as s3.amazonaws.com."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for service in var.services : endswith(service, ".amazonaws.com")])
    error_message = "Expected each of `services` to end in .amazonaws.com, got ${join(", ", var.services)}."
  }
}

variable "log_region" {
  description = "The region whose log groups the key protects; null where it protects none."
  type        = string
  default     = null
}

variable "rotation_days" {
  description = "How often the key material changes, in days."
  type        = number
  default     = 365

  validation {
    condition     = var.rotation_days >= 90 && var.rotation_days <= 2560
    error_message = "Expected `rotation_days` to be 90 to 2560, got ${var.rotation_days}."
  }
}
