# Who reads these waits for the policy and the log group too, so that the function's first run finds both.
output "role_arn" {
  description = "The role's ARN, once its policy is in force."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy.this]
}

output "log_group_name" {
  description = "The log group's name."
  value       = aws_cloudwatch_log_group.this.name
}
