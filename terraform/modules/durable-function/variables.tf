variable "function" {
  description = "The function, as the module `function` takes it, and always durable."
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
    durable = object({
      execution_timeout_seconds = number
      retention_days            = number
    })
  })
}

variable "queue_key_arn" {
  description = "The key that encrypts the events of failed executions."
  type        = string
}

variable "rollout" {
  description = "How CodeDeploy moves new executions to a new version."
  type        = string
  default     = "CodeDeployDefault.LambdaAllAtOnce"

  validation {
    condition     = can(regex("^CodeDeployDefault\\.Lambda(AllAtOnce|Canary10Percent(5|10|15|30)Minutes|Linear10PercentEvery(1|2|3|10)Minutes?)$", var.rollout))
    error_message = "Expected `rollout` to be one of CodeDeploy's own for Lambda, such as CodeDeployDefault.LambdaCanary10Percent30Minutes, got ${var.rollout}."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that are told of alarms."
  type        = list(string)
  default     = []
}

variable "alarm_thresholds" {
  description = "How many in a minute raise an alarm, by alarm (failed, timed-out, errors, throttles, dead-letter-errors); 1 where it is not named."
  type        = map(number)
  default     = {}
}

variable "protect" {
  description = "Whether a plan that replaces or destroys the function fails."
  type        = bool
  default     = false
}
