import { z } from "zod";
import { Limits } from "./modules/observability.ts";

const OpenId = z.strictObject({
  issuer: z.url(),
  client_id: z.string().min(1),
  /** Of the access tokens that the API takes. */
  audience: z.string().min(1),
  /** The claim that lists a person's groups; a group is a role. */
  groups_claim: z.string().min(1),
  scope: z.string().min(1),
});

/** An environment: what differs between one deployment of the platform and another. One account each. */
export const Environment = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9]{1,9}$/, "2 to 10 of a-z and 0-9, a letter first"),
  account: z.string().regex(/^\d{12}$/, "12 digits"),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "such as eu-west-1"),
  /** The bucket that keeps Terraform's state (docs/runbooks/first-deploy.md). */
  stateBucket: z.string().min(3),
  /** Whether a plan fails that replaces or destroys a durable function, a table or the bucket. */
  protect: z.boolean(),
  /** How new executions move to a new version: one of CodeDeploy's configurations for Lambda. */
  rollout: z.string().startsWith("CodeDeployDefault.Lambda"),
  signIn: z.union([
    z.strictObject({ cognito: z.strictObject({ domain_prefix: z.string().min(1) }) }),
    z.strictObject({ openid: OpenId }),
  ]),
  /** The console's own domain; API Gateway's where there is none. */
  domain: z
    .strictObject({ name: z.string(), certificate_arn: z.string().startsWith("arn:aws:acm:"), zone_id: z.string() })
    .optional(),
  mail: z.strictObject({
    /** A domain or an address that SES confirms. */
    identity: z.string(),
    from: z.email(),
    /** Who is told of a role's reviews. */
    roleAddresses: z.record(z.string(), z.array(z.email())),
    operators: z.array(z.email()),
  }),
  model: z.strictObject({
    /** In place of the model that each contract names. */
    id: z.string().optional(),
    /** Where an inference profile may send a request. */
    regions: z.array(z.string()).min(1),
  }),
  /** Principals of other accounts that may put messages on a workflow's queue, by workflow. */
  producers: z.record(z.string(), z.array(z.string().startsWith("arn:aws:iam::"))),
  /** Values of the settings that contracts name, such as another system's address. Secrets do not belong here. */
  settings: z.record(z.string().startsWith("LONGHAUL_"), z.string()),
  /** The OpenTelemetry collector that workflows send traces to (docs/observability.md). None, and there are no traces. */
  traces: z
    .strictObject({
      collector: z
        .url({ protocol: /^https$/, error: "Expected the collector's address, https://…" })
        .refine((url) => !/[@?#]/.test(url), "Expected an address without a secret: no user, query or fragment."),
    })
    .optional(),
  documents: z.strictObject({
    /** After how many days an overwritten or removed version is gone for good. */
    noncurrentDays: z.int().min(1),
    expiries: z.array(z.strictObject({ prefix: z.string().endsWith("/"), days: z.int().min(1) })),
    accessLogBucket: z.string().optional(),
  }),
  logRetentionDays: z.int(),
  /** Invocations at once that are kept, by function (`longhaul-…`); the account's shared ones for any other. */
  reservedConcurrency: z.record(z.string(), z.int().min(1)),
  limits: Limits,
  budgetUsdPerMonth: z.number().positive(),
});
export type Environment = z.infer<typeof Environment>;

/** Checks an environment. @throws Error naming the field, what was expected and what came */
export function defineEnvironment(environment: z.input<typeof Environment>): Environment {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new Error(`The environment ${environment.name} is not valid. ${z.prettifyError(parsed.error)}`);
}
