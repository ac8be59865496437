/** Lets through so many a second, and so many at once after a pause; whoever is not let through does without. */
export function createPace(
  { perSecond, atOnce }: { perSecond: number; atOnce: number },
  now: () => number = Date.now,
): () => boolean {
  let [left, at] = [atOnce, now()];
  return () => {
    const passed = Math.max(0, now() - at) / 1_000;
    left = Math.min(atOnce, left + passed * perSecond);
    at = now();
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
