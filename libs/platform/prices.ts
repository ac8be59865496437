/**
 * What AWS charges, on demand and without free tiers, in US dollars: US East (N. Virginia), as listed in November 2026. Other
 * regions differ by up to a third. Sources: the services' pricing pages (aws.amazon.com/<service>/pricing); for durable
 * operations second-hand reports of Lambda's page. A model's price stands in the contract that names the model.
 */
export const PRICES = {
  listed: "2026-11",
  region: "us-east-1",
  usd: {
    /** A start, a step, wait, callback or invoke, and each retry of one. */
    durableOperation: 8 / 1e6,
    /** Inputs, results and errors that checkpoints write. */
    durableGbWritten: 0.25,
    durableGbMonth: 0.15,
    lambdaRequest: 0.2 / 1e6,
    /** x86, first tier. */
    lambdaGbSecond: 0.0000166667,
    sqsRequest: 0.4 / 1e6,
    s3Write: 5 / 1e6,
    s3Read: 0.4 / 1e6,
    /** On demand; a transaction takes two units where a plain write takes one. */
    dynamoDbWriteUnit: 0.625 / 1e6,
    dynamoDbReadUnit: 0.125 / 1e6,
    sesMail: 0.1 / 1e3,
    eventBridgeEvent: 1 / 1e6,
    httpApiRequest: 1 / 1e6,
    stepFunctionsTransition: 25 / 1e6,
  },
} as const;

export type Priced = keyof typeof PRICES.usd;

/** What so much of each costs, in US dollars. */
export const usdOf = (amounts: Partial<Record<Priced, number>>): number =>
  (Object.entries(amounts) as [Priced, number][]).reduce((sum, [what, amount]) => sum + amount * PRICES.usd[what], 0);
