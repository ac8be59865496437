output "topic_arn" {
  description = "The operators' topic, once it may be told."
  value       = aws_sns_topic.this.arn
  depends_on  = [aws_sns_topic_policy.this]
}

output "mail_identity_arn" {
  description = "The identity that mails are sent from."
  value       = aws_sesv2_email_identity.this.arn
}

output "dkim_tokens" {
  description = "For a domain: CNAME TOKEN._domainkey.DOMAIN to TOKEN.dkim.amazonses.com, each."
  value       = flatten([for signing in aws_sesv2_email_identity.this.dkim_signing_attributes : signing.tokens])
}

output "undelivered_queue_name" {
  description = "The queue of events that could not be told."
  value       = module.undelivered.name
}
