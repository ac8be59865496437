/** Limits and traffic are divided alike; what is left behind by ten minutes at the peak is then divided too. */
export const ROWS = [
  { perDay: 100, scale: 1 },
  { perDay: 10_000, scale: 1 },
  { perDay: 1_000_000, scale: 100 },
] as const;
