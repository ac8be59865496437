/** A bucket of tokens, as AWS limits rates: a burst of one second's worth, or of one where that is less. */
export function limiter(rate: number) {
  const most = Math.max(1, rate);
  let tokens = most;
  let at = performance.now();
  let [taken, refused] = [0, 0];
  return {
    refused: () => refused,
    taken: () => taken,
    take(): boolean {
      const now = performance.now();
      tokens = Math.min(most, tokens + ((now - at) / 1_000) * rate);
      at = now;
      if (tokens >= 1) {
        tokens -= 1;
        taken += 1;
        return true;
      }
      refused += 1;
      return false;
    },
  };
}
