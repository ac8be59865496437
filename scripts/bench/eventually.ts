/** Asks until there is an answer. @throws Error after a minute */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, everyMs = 0): Promise<T> {
  const until = performance.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > until) throw new Error("It did not happen within 60 s.");
    if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
