variable "name" {
  description = "What everything's name begins with."
  type        = string
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
  description = "The key that encrypts the topic and the queue of undelivered events."
  type        = string
}

variable "mail_identity" {
  description = "The domain, or the address, that mails are sent from."
  type        = string

  validation {
    condition     = can(regex("^([^@ ]+@)?[a-z0-9-]+(\\.[a-z0-9-]+)+$", var.mail_identity))
    error_message = "Expected `mail_identity` to be a domain or an e-mail address, got ${var.mail_identity}."
  }
}

variable "operator_addresses" {
  description = "E-mail addresses that are told of alarms and of executions that ended badly. Each confirms once."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.operator_addresses : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "Expected each of `operator_addresses` to be an e-mail address."
  }
}

variable "function_prefix" {
  description = "What the names of the durable functions begin with."
  type        = string
}
