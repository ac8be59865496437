import { defineEnvironment } from "../environment.ts";

/** Where changes are tried. The account, the state bucket and the addresses are examples: put your own. */
export const environment = defineEnvironment({
  name: "dev",
  account: "111111111111",
  region: "eu-west-1",
  stateBucket: "longhaul-state-111111111111",
  protect: false,
  rollout: "CodeDeployDefault.LambdaAllAtOnce",
  signIn: { cognito: { domain_prefix: "longhaul-dev-111111111111" } },
  mail: {
    identity: "dev.longhaul.example.com",
    from: "longhaul@dev.longhaul.example.com",
    roleAddresses: { "hr-reviewer": ["hr@example.com"], "compliance-officer": ["compliance@example.com"] },
    operators: ["platform@example.com"],
  },
  model: { regions: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"] },
  producers: {},
  settings: {
    LONGHAUL_PAYMENTS_URL: "https://payments.example.com",
    LONGHAUL_ONBOARDING_URL: "https://partners.example.com",
  },
  documents: { noncurrentDays: 7, expiries: [] },
  logRetentionDays: 30,
  reservedConcurrency: {},
  limits: {},
  budgetUsdPerMonth: 50,
});
