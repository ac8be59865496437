import { logger } from "#platform";
import { casesFromEnvironment, receiverFromEnvironment, reviewsFromEnvironment } from "./environment.ts";

export interface Swept {
  sweep(): Promise<number>;
}

/** Reviews, outside calls and cases, as this deployment keeps them. */
export const sweptByDeployment = (): Swept[] => [
  reviewsFromEnvironment(),
  receiverFromEnvironment(),
  casesFromEnvironment(),
];

/**
 * A scheduled function: delivers what a crash left behind (decisions, outside answers, signals), starts what was contested,
 * and completes the chains.
 */
export function createSweeper(parts: () => Swept[]): () => Promise<{ delivered: number }> {
  return async () => {
    const outcomes = await Promise.allSettled(parts().map((part) => part.sweep()));
    const delivered = outcomes.reduce((sum, one) => sum + (one.status === "fulfilled" ? one.value : 0), 0);
    if (delivered > 0) logger.info("Finished what had been left behind", { delivered });
    // Thrown when all have ended: where the function fails, what else is under way would be cut off.
    for (const one of outcomes) if (one.status === "rejected") throw one.reason;
    return { delivered };
  };
}
