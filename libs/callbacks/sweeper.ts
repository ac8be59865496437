import { logger } from "#platform";
import { reviewsFromEnvironment } from "./environment.ts";
import type { Reviews } from "./reviews.ts";

/** A scheduled function: delivers the decisions that a crash left between their settlement and their delivery. */
export function createSweeper(reviews: () => Reviews = reviewsFromEnvironment): () => Promise<{ delivered: number }> {
  return async () => {
    const delivered = await reviews().sweep();
    if (delivered > 0) logger.info("Delivered decisions that had been left behind", { delivered });
    return { delivered };
  };
}
