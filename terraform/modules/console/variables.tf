variable "function" {
  description = "The function, as the module `function` takes it."
  type = object({
    name            = string
    account_id      = string
    region          = string
    code            = object({ filename = string, sha256 = string })
    memory_mb       = number
    timeout_seconds = number
    environment     = optional(map(string), {})
    permissions = optional(list(object({
      sid        = string
      actions    = list(string)
      resources  = list(string)
      conditions = optional(map(map(list(string))), {})
    })), [])
    environment_key_arn  = string
    log_retention_days   = number
    log_key_arn          = string
    reserved_concurrency = optional(number, -1)
  })
}

variable "kms_key_arn" {
  description = "The key that encrypts the secret."
  type        = string
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
