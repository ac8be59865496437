/** A count of a number, with its share and the 95 % interval of the share (Wilson). */
export interface Share {
  count: number;
  of: number;
  share: number;
  low: number;
  high: number;
}

const Z = 1.959964;

export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 };
  const share = count / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return {
    count,
    of,
    share: round(share),
    low: round(Math.max(0, middle - half)),
    high: round(Math.min(1, middle + half)),
  };
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
