variable "name" {
  description = "The platform's name: its dashboard's, its budget's, and what its alarms' names begin with."
  type        = string
}

variable "region" {
  description = "The region that the dashboards show."
  type        = string
}

variable "topic_arn" {
  description = "The topic that is told."
  type        = string
}

variable "workflows" {
  description = "The workflows by name: what their function and queues are called, and how long a review may wait, in seconds."
  type = map(object({
    function              = string
    queue                 = string
    dead_letters          = string
    failures              = string
    oldest_review_seconds = number
  }))
}

variable "functions" {
  description = "The names of the functions that serve all workflows, by what each of them is: console, indexer, sweeper, reader."
  type        = map(string)
}

variable "undelivered_queue" {
  description = "The queue of events that could not be told."
  type        = string
}

variable "limits" {
  description = "From where it is an alarm: seconds that a message waits, operations and bytes of an execution (the service ends it at 3,000 and 100 MB), percent of the account's running executions, the model's throttles in five minutes and output tokens in an hour."
  type = object({
    oldest_message_seconds = optional(number, 300)
    operations             = optional(number, 2400)
    bytes                  = optional(number, 80000000)
    utilisation_percent    = optional(number, 80)
    model_throttles        = optional(number, 10)
    model_tokens_per_hour  = optional(number, 2000000)
  })
  default = {}

  validation {
    condition     = var.limits.operations < 3000 && var.limits.bytes < 100000000
    error_message = "Expected `limits.operations` below 3000 and `limits.bytes` below 100000000: at those the service ends an execution."
  }
}

variable "budget_usd_per_month" {
  description = "What the platform may cost a month, in US dollars: told at 80 % spent and when more than all of it is forecast."
  type        = number

  validation {
    condition     = var.budget_usd_per_month > 0
    error_message = "Expected `budget_usd_per_month` to be above 0, got ${var.budget_usd_per_month}."
  }
}
