# Who reads these waits for the policy too: S3 tries a queue at once when it is told of it.
output "arn" {
  description = "The queue's ARN, once its policy is in force."
  value       = aws_sqs_queue.this.arn
  depends_on  = [aws_sqs_queue_policy.this]
}

output "url" {
  description = "The queue's URL."
  value       = aws_sqs_queue.this.url
}

output "name" {
  description = "The queue's name."
  value       = aws_sqs_queue.this.name
}
