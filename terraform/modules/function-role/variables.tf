variable "name" {
  description = "The function's name, and the role's."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,64}$", var.name))
    error_message = "Expected `name` to be 1 to 64 of a-z, A-Z, 0-9, _ and -, got ${var.name}."
  }
}

variable "account_id" {
  description = "The account that the function runs in."
  type        = string
}

variable "region" {
  description = "The function's region."
  type        = string
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

  validation {
    condition     = alltrue(flatten([for permission in var.permissions : [for action in permission.actions : can(regex("^[a-z0-9-]+:[A-Za-z0-9]+$", action))]]))
    error_message = "Expected each action of `permissions` to be written out, such as s3:GetObject, with no `*`."
  }

  validation {
    condition     = alltrue(flatten([for permission in var.permissions : [for resource in permission.resources : startswith(resource, "arn:")]]))
    error_message = "Expected each resource of `permissions` to be an ARN, never `*`."
  }
}

variable "log_retention_days" {
  description = "How long the log is kept, in days."
  type        = number

  validation {
    condition     = contains([7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Expected `log_retention_days` to be one that CloudWatch Logs takes, from 7 to 3653 (7, 14, 30, 60, 90, …), got ${var.log_retention_days}."
  }
}

variable "log_key_arn" {
  description = "The key that encrypts the log."
  type        = string
}
