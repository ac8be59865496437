export interface Bounds {
  /** How many are under way at a time. */
  atOnce: number;
  /** How many are measured at most, and for how long in milliseconds. */
  most: number;
  millis: number;
}

export interface Measured {
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
}

/**
 * Does something again and again within the bounds; `once` answers how long it took, in milliseconds. Before that a fifth of
 * it is done unmeasured, to warm up.
 */
export async function measure(once: () => Promise<number>, bounds: Bounds): Promise<Measured> {
  await repeat(once, { ...bounds, most: Math.floor(bounds.most / 5), millis: bounds.millis / 5 });
  const { durations, millis } = await repeat(once, bounds);
  const at = (share: number) => durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99), perSecond: (durations.length / millis) * 1_000 };
}

/** How long it takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function repeat(once: () => Promise<number>, { atOnce, most, millis }: Bounds) {
  const durations: number[] = [];
  const began = performance.now();
  let begun = 0;
  const one = async () => {
    while (begun < most && performance.now() - began < millis) {
      begun += 1;
      durations.push(await once());
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, most) }, one));
  durations.sort((one, other) => one - other);
  return { durations, millis: performance.now() - began };
}
