output "queue" {
  description = "The queue that producers send to."
  value = {
    arn  = module.queue.arn
    name = module.queue.name
    url  = module.queue.url
  }
}

output "queue_arn" {
  description = "The queue's ARN."
  value       = module.queue.arn
}

output "dead_letters" {
  description = "The dead-letter queue."
  value = {
    arn  = module.dead_letters.arn
    name = module.dead_letters.name
    url  = module.dead_letters.url
  }
}

output "dispatcher_name" {
  description = "The dispatcher's name."
  value       = module.dispatcher.name
}
