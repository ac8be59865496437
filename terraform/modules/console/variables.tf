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

variable "kms_key_arn" {
  description = "The key that encrypts the secret and the environment variables."
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

variable "openid" {
  description = "The OpenID provider that signs people in; null where a Cognito pool is made."
  type = object({
    issuer       = string
    client_id    = string
    audience     = string
    groups_claim = string
    scope        = string
  })
  default = null

  validation {
    condition     = var.openid == null || can(regex("^https://", var.openid.issuer))
    error_message = "Expected `openid.issuer` to begin with https://."
  }
}

variable "cognito" {
  description = "The Cognito pool to make: the prefix of its sign-in page's domain, unique in the region. Null where `openid` is given."
  type = object({
    domain_prefix = string
  })
  default = null

  validation {
    condition     = (var.cognito == null) != (var.openid == null)
    error_message = "Expected exactly one of `openid` and `cognito`."
  }
}

variable "roles" {
  description = "The roles that people hold: the groups of a Cognito pool that is made here."
  type        = list(string)
  default     = []
}

variable "domain" {
  description = "The console's own domain with its certificate (same region) and its Route 53 zone; null for API Gateway's."
  type = object({
    name            = string
    certificate_arn = string
    zone_id         = string
  })
  default = null
}

variable "throttling" {
  description = "Requests a second, and at once, that the API takes from everybody together."
  type = object({
    per_second = number
    burst      = number
  })
  default = {
    per_second = 50
    burst      = 100
  }

  validation {
    condition     = var.throttling.per_second > 0 && var.throttling.burst > 0
    error_message = "Expected both numbers of `throttling` to be above 0."
  }
}

variable "protect" {
  description = "Whether the Cognito pool that is made here refuses to be deleted."
  type        = bool
  default     = false
}
