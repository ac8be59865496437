import { defineEnvironment } from "../environment.ts";

/** Where the work is done. The account, the state bucket and the addresses are examples: put your own. */
export const environment = defineEnvironment({
  name: "prod",
  account: "333333333333",
  region: "eu-west-1",
  stateBucket: "longhaul-state-333333333333",
  protect: true,
  rollout: "CodeDeployDefault.LambdaCanary10Percent30Minutes",
  signIn: {
    openid: {
      issuer: "https://login.example.com/",
      client_id: "longhaul",
      audience: "https://longhaul.example.com/api",
      groups_claim: "groups",
      scope: "openid profile email groups",
    },
  },
  domain: {
    name: "longhaul.example.com",
    certificate_arn: "arn:aws:acm:eu-west-1:333333333333:certificate/00000000-0000-0000-0000-000000000000",
    zone_id: "Z00000000000000000000",
  },
  mail: {
    identity: "longhaul.example.com",
    from: "no-reply@longhaul.example.com",
    roleAddresses: { "hr-reviewer": ["hr@example.com"], "compliance-officer": ["compliance@example.com"] },
    operators: ["platform@example.com"],
  },
  model: { regions: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"] },
  producers: {},
  settings: {
    LONGHAUL_PAYMENTS_URL: "https://payments.example.com",
    LONGHAUL_ONBOARDING_URL: "https://partners.example.com",
  },
  documents: { noncurrentDays: 90, expiries: [], accessLogBucket: "access-logs-333333333333" },
  logRetentionDays: 365,
  reservedConcurrency: { "longhaul-console": 20 },
  limits: {},
  budgetUsdPerMonth: 500,
});
