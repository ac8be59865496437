output "url" {
  description = "The console's address."
  value       = local.url
}

output "function_name" {
  description = "The console function's name."
  value       = module.function.name
}

output "secret_name" {
  description = "The secret to put the values in."
  value       = aws_secretsmanager_secret.this.name
}

output "api_id" {
  description = "The HTTP API's id."
  value       = aws_apigatewayv2_api.this.id
}

output "user_pool_id" {
  description = "The Cognito pool that is made here; empty where people sign in elsewhere."
  value       = join("", aws_cognito_user_pool.this[*].id)
}
