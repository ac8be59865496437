output "dashboards" {
  description = "The dashboards' names."
  value       = [for dashboard in aws_cloudwatch_dashboard.this : dashboard.dashboard_name]
}

output "alarms" {
  description = "The alarms' names."
  value       = [for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name]
}
