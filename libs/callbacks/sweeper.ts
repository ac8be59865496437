import { logger } from "#platform";
import { casesFromEnvironment, receiverFromEnvironment, reviewsFromEnvironment } from "./environment.ts";

interface Swept {
  sweep(): Promise<number>;
}

const ofDeployment = (): Swept[] => [reviewsFromEnvironment(), receiverFromEnvironment(), casesFromEnvironment()];

/** A scheduled function: delivers the decisions and outside answers that a crash left behind, starts what was contested, and completes the chains. */
export function createSweeper(parts: () => Swept[] = ofDeployment): () => Promise<{ delivered: number }> {
  return async () => {
    const counts = await Promise.all(parts().map((part) => part.sweep()));
    const delivered = counts.reduce((sum, count) => sum + count, 0);
    if (delivered > 0) logger.info("Finished what had been left behind", { delivered });
    return { delivered };
  };
}
