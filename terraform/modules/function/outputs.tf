output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "alias_arn" {
  description = "The ARN of the alias: what every trigger names."
  value       = aws_lambda_alias.this.arn
}

output "alias_name" {
  description = "The alias's name."
  value       = aws_lambda_alias.this.name
}

output "alias_invoke_arn" {
  description = "What API Gateway calls."
  value       = aws_lambda_alias.this.invoke_arn
}
