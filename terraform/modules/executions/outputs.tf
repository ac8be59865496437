output "queue_arn" {
  description = "The ARN of the queue of status events."
  value       = module.queue.arn
}

output "indexer_name" {
  description = "The indexer's name."
  value       = var.indexer.name
}
