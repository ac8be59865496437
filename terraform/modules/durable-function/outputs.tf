output "name" {
  description = "The function's name."
  value       = module.durable.name
}

output "alias_arn" {
  description = "The ARN of the alias: what starts an execution names."
  value       = module.durable.alias_arn
}

output "alias_name" {
  description = "The alias's name."
  value       = module.durable.alias_name
}

output "version" {
  description = "The newest version."
  value       = module.durable.version
}

output "failures" {
  description = "The queue of the failed executions' events."
  value = {
    name = module.failures.name
    arn  = module.failures.arn
  }
}
