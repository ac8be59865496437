/** The lines of a text that is to be written, with the places of facts in braces: `Monday: welcome at {site}.` */
export interface Outline {
  outline: readonly string[];
  /** By the names that stand in braces. */
  facts: Readonly<Record<string, string>>;
}

/** The outline with its facts filled in: a text that says what there is to say. A fact that is missing stands as its name. */
export const fillOutline = ({ outline, facts }: Outline): string =>
  outline.map((line) => line.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? name)).join("\n");
