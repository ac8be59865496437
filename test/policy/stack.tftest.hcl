# Applies a whole stack to mocked resources, so that `terraform test -json -verbose` prints their values.
mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = {
      arn = "arn:aws:kms:eu-west-1:111111111111:key/mock"
    }
  }

  mock_resource "aws_secretsmanager_secret" {
    defaults = {
      arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:mock"
    }
  }
}

run "stack" {
  command = apply
}
