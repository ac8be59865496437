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

output "deployment" {
  description = "CodeDeploy's application and group that move the alias."
  value = {
    application = aws_codedeploy_app.this.name
    group       = aws_codedeploy_deployment_group.this.deployment_group_name
  }
}

output "failures" {
  description = "The queue of the failed executions' events."
  value = {
    name = module.failures.name
    arn  = module.failures.arn
  }
}
