output "table_arns" {
  description = "The tables' ARNs by name."
  value       = { for name, table in aws_dynamodb_table.this : name => table.arn }
}

output "sweeper_name" {
  description = "The sweeper's name."
  value       = module.sweeper.name
}
