output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "alias_arn" {
  description = "The ARN of the alias: what starts an execution names."
  value       = aws_lambda_alias.this.arn
}

output "alias_name" {
  description = "The alias's name."
  value       = aws_lambda_alias.this.name
}

output "version" {
  description = "The newest version."
  value       = aws_lambda_function.this.version
}

output "failures" {
  description = "The queue of the failed executions' events."
  value = {
    name = module.failures.name
    arn  = module.failures.arn
  }
}
