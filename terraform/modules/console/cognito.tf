resource "aws_cognito_user_pool" "this" {
  count = var.cognito == null ? 0 : 1

  name                     = var.function.name
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = "ON"
  deletion_protection      = var.protect ? "ACTIVE" : "INACTIVE"

  software_token_mfa_configuration {
    enabled = true
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  password_policy {
    minimum_length                   = 14
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    temporary_password_validity_days = 3
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  count = var.cognito == null ? 0 : 1

  domain       = var.cognito.domain_prefix
  user_pool_id = aws_cognito_user_pool.this[0].id
}

# A client without a secret: the code flow with PKCE needs none, and one would be in the state.
resource "aws_cognito_user_pool_client" "this" {
  count = var.cognito == null ? 0 : 1

  name                                 = var.function.name
  user_pool_id                         = aws_cognito_user_pool.this[0].id
  generate_secret                      = false
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "profile", "email"]
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = ["${local.url}/sign-in/callback"]
  logout_urls                          = ["${local.url}/"]
  enable_token_revocation              = true
  prevent_user_existence_errors        = "ENABLED"
  access_token_validity                = 60
  id_token_validity                    = 60

  token_validity_units {
    access_token = "minutes"
    id_token     = "minutes"
  }
}

resource "aws_cognito_user_group" "this" {
  for_each = var.cognito == null ? [] : toset(var.roles)

  name         = each.value
  user_pool_id = aws_cognito_user_pool.this[0].id
}
