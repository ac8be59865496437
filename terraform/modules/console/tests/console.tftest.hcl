mock_provider "aws" {
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:longhaul-console/secrets" }
  }
}

variables {
  function = {
    name                = "longhaul-console"
    account_id          = "111111111111"
    region              = "eu-west-1"
    code                = { filename = "function.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
    memory_mb           = 512
    timeout_seconds     = 30
    log_retention_days  = 30
    log_key_arn         = "arn:aws:kms:eu-west-1:111111111111:key/operations"
    environment_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
  }
  kms_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/data"
  openid = {
    issuer       = "https://login.example.com"
    client_id    = "longhaul"
    audience     = "https://longhaul.example.com/api"
    groups_claim = "groups"
    scope        = "openid profile email groups"
  }
}

run "the_API_takes_bearer_tokens_of_the_issuer" {
  command = apply

  assert {
    condition     = aws_apigatewayv2_route.api.authorization_type == "JWT" && aws_apigatewayv2_authorizer.this.jwt_configuration[0].issuer == "https://login.example.com"
    error_message = "Expected the API behind the issuer's tokens."
  }

  assert {
    condition     = aws_apigatewayv2_stage.this.default_route_settings[0].throttling_rate_limit == 50
    error_message = "Expected throttling."
  }

  assert {
    condition     = !strcontains(aws_apigatewayv2_stage.this.access_log_settings[0].format, "$context.path") && !strcontains(aws_apigatewayv2_stage.this.access_log_settings[0].format, "sourceIp")
    error_message = "Expected neither paths, which may hold tokens, nor addresses in the access log."
  }

  assert {
    condition     = aws_lambda_permission.this.qualifier == "live"
    error_message = "Expected API Gateway to invoke the alias."
  }

  assert {
    condition     = length(aws_cognito_user_pool.this) == 0 && length(aws_apigatewayv2_domain_name.this) == 0
    error_message = "Expected neither a pool nor a domain that was not asked for."
  }
}

run "a_pool_of_its_own" {
  command = apply

  variables {
    openid  = null
    cognito = { domain_prefix = "longhaul-dev" }
    roles   = ["hr-reviewer"]
  }

  assert {
    condition     = aws_cognito_user_pool.this[0].mfa_configuration == "ON" && aws_cognito_user_pool.this[0].admin_create_user_config[0].allow_admin_create_user_only
    error_message = "Expected a second factor, and nobody to sign themselves up."
  }

  assert {
    condition     = !aws_cognito_user_pool_client.this[0].generate_secret
    error_message = "Expected no client secret, which would be in the state."
  }

  assert {
    condition     = keys(aws_cognito_user_group.this) == ["hr-reviewer"]
    error_message = "Expected a group for each role."
  }
}

run "a_domain_of_its_own" {
  command = apply

  variables {
    domain = {
      name            = "longhaul.example.com"
      certificate_arn = "arn:aws:acm:eu-west-1:111111111111:certificate/c"
      zone_id         = "Z1"
    }
  }

  assert {
    condition     = output.url == "https://longhaul.example.com" && aws_apigatewayv2_api.this.disable_execute_api_endpoint
    error_message = "Expected the console at its domain and nowhere else."
  }
}

run "both_ways_to_sign_in_at_once_are_refused" {
  command = plan
  variables { cognito = { domain_prefix = "longhaul-dev" } }
  expect_failures = [var.cognito]
}

run "no_way_to_sign_in_is_refused" {
  command = plan
  variables { openid = null }
  expect_failures = [var.cognito]
}
