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
    const counts = await Promise.all(parts().map((part) => part.sweep()));
    const delivered = counts.reduce((sum, count) => sum + count, 0);
    if (delivered > 0) logger.info("Finished what had been left behind", { delivered });
    return { delivered };
  };
}
