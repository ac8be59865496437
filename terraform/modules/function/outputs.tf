output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "alias_arn" {
  description = "The ARN of the alias: what every trigger names."
  value       = local.alias.arn
}

output "alias_name" {
  description = "The alias's name."
  value       = local.alias.name
}

output "alias_invoke_arn" {
  description = "What API Gateway calls."
  value       = local.alias.invoke_arn
}

output "id" {
  description = "What changes when the function is replaced."
  value       = aws_lambda_function.this.id
}

output "version" {
  description = "The newest version."
  value       = aws_lambda_function.this.version
}
