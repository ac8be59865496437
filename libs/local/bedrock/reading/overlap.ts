const tokensOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? [];

/** How far two texts have the same words, from 0 to 1: the harmonic mean of the shares that they have in common. */
export function overlap(one: string, other = ""): number {
  const [ones, others] = [tokensOf(one), tokensOf(other)];
  const left = [...others];
  const common = ones.filter((word) => {
    const place = left.indexOf(word);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  }).length;
  return common === 0 ? 0 : (2 * common) / (ones.length + others.length);
}

/** Whether one text has all words of the other in a row. */
export const holds = (one: string, other: string): boolean =>
  ` ${tokensOf(one).join(" ")} `.includes(` ${tokensOf(other).join(" ")} `);

/** How many words a text has. */
export const sizeOf = (text: string): number => tokensOf(text).length;
