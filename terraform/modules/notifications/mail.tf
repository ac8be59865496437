resource "aws_sesv2_configuration_set" "this" {
  configuration_set_name = var.name

  delivery_options {
    tls_policy = "REQUIRE"
  }

  reputation_options {
    reputation_metrics_enabled = true
  }

  sending_options {
    sending_enabled = true
  }

  suppression_options {
    suppressed_reasons = ["BOUNCE", "COMPLAINT"]
  }
}

# A domain's DKIM records are an output; an address is confirmed by the mail that SES sends to it.
resource "aws_sesv2_email_identity" "this" {
  email_identity         = var.mail_identity
  configuration_set_name = aws_sesv2_configuration_set.this.configuration_set_name
}
