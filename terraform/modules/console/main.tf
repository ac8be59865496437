locals {
  url = var.domain == null ? aws_apigatewayv2_api.this.api_endpoint : "https://${var.domain.name}"

  identity = var.openid != null ? var.openid : {
    issuer       = "https://cognito-idp.${var.function.region}.amazonaws.com/${aws_cognito_user_pool.this[0].id}"
    client_id    = aws_cognito_user_pool_client.this[0].id
    audience     = aws_cognito_user_pool_client.this[0].id
    groups_claim = "cognito:groups"
    scope        = "openid profile email"
  }

  environment = {
    LONGHAUL_CONSOLE_URL       = local.url
    LONGHAUL_OIDC_ISSUER       = local.identity.issuer
    LONGHAUL_OIDC_CLIENT_ID    = local.identity.client_id
    LONGHAUL_OIDC_GROUPS_CLAIM = local.identity.groups_claim
    LONGHAUL_OIDC_SCOPE        = local.identity.scope
    LONGHAUL_API_AUDIENCE      = local.identity.audience
    LONGHAUL_SECRET_ARN        = aws_secretsmanager_secret.this.arn
  }

  own = [{
    sid        = "ReadOwnSecret"
    actions    = ["secretsmanager:GetSecretValue"]
    resources  = [aws_secretsmanager_secret.this.arn]
    conditions = {}
  }]
}

# What seals the sessions, and the OpenID client's secret. The values are put there by hand and are in no state:
# docs/runbooks/first-deploy.md.
resource "aws_secretsmanager_secret" "this" {
  name                    = "${var.function.name}/secrets"
  description             = "JSON: sessionSecret (at least 32 characters), oidcClientSecret (where the OpenID client has one)."
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 7
}

module "function" {
  source = "../function"

  name                 = var.function.name
  account_id           = var.function.account_id
  region               = var.function.region
  code                 = var.function.code
  memory_mb            = var.function.memory_mb
  timeout_seconds      = var.function.timeout_seconds
  environment          = merge(var.function.environment, local.environment)
  permissions          = concat(local.own, var.function.permissions)
  reserved_concurrency = var.function.reserved_concurrency
  environment_key_arn  = var.function.environment_key_arn
  log_retention_days   = var.function.log_retention_days
  log_key_arn          = var.function.log_key_arn
}

resource "aws_apigatewayv2_api" "this" {
  name                         = var.function.name
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = var.domain != null
}

resource "aws_apigatewayv2_integration" "this" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = module.function.alias_invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 29000
}

resource "aws_apigatewayv2_authorizer" "this" {
  api_id           = aws_apigatewayv2_api.this.id
  name             = "openid"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = local.identity.issuer
    audience = [local.identity.audience]
  }
}

# The API takes bearer tokens, which are checked before the function is woken, and by the function again.
resource "aws_apigatewayv2_route" "api" {
  api_id             = aws_apigatewayv2_api.this.id
  route_key          = "ANY /api/{proxy+}"
  target             = "integrations/${aws_apigatewayv2_integration.this.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.this.id
}

# Pages know their visitor by a sealed cookie and send strangers to the sign-in; callbacks by their token. An authoriser
# of API Gateway reads neither, so the function does.
resource "aws_apigatewayv2_route" "pages" {
  api_id             = aws_apigatewayv2_api.this.id
  route_key          = "$default"
  target             = "integrations/${aws_apigatewayv2_integration.this.id}"
  authorization_type = "NONE"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/apigateway/${var.function.name}"
  retention_in_days = var.function.log_retention_days
  kms_key_id        = var.function.log_key_arn
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    detailed_metrics_enabled = true
    throttling_burst_limit   = var.throttling.burst
    throttling_rate_limit    = var.throttling.per_second
  }

  # No path and no address: a callback's path holds its token, and an address is a person's.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.this.arn
    format = jsonencode({
      requestId = "$context.requestId", time = "$context.requestTime", method = "$context.httpMethod",
      route     = "$context.routeKey", status = "$context.status", latency = "$context.responseLatency",
      error     = "$context.error.messageString", integrationError = "$context.integrationErrorMessage",
    })
  }
}

resource "aws_lambda_permission" "this" {
  statement_id  = "ConsoleApi"
  action        = "lambda:InvokeFunction"
  function_name = module.function.name
  qualifier     = module.function.alias_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/*"
}
