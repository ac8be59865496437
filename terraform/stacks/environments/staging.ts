import { defineEnvironment } from "../environment.ts";

/** As production, on a small scale. The account, the state bucket and the addresses are examples: put your own. */
export const environment = defineEnvironment({
  name: "staging",
  account: "222222222222",
  region: "eu-west-1",
  stateBucket: "longhaul-state-222222222222",
  protect: true,
  rollout: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
  signIn: { cognito: { domain_prefix: "longhaul-staging-222222222222" } },
  mail: {
    identity: "staging.longhaul.example.com",
    from: "longhaul@staging.longhaul.example.com",
    roleAddresses: { "hr-reviewer": ["hr@example.com"], "compliance-officer": ["compliance@example.com"] },
    operators: ["platform@example.com"],
  },
  model: { regions: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"] },
  producers: {},
  settings: {
    LONGHAUL_PAYMENTS_URL: "https://payments.example.com",
    LONGHAUL_ONBOARDING_URL: "https://partners.example.com",
  },
  documents: { noncurrentDays: 30, expiries: [] },
  logRetentionDays: 90,
  reservedConcurrency: {},
  limits: {},
  budgetUsdPerMonth: 100,
});
