/** What a document holds besides what it says. `hidden` to `repeated` are attempts on whoever judges it; the others are plain facts. */
export type FindingKind = "hidden" | "instructions" | "encoded" | "forged-marks" | "repeated" | "language" | "cut";

export type Finding = {
  kind: FindingKind;
  /** For the person who decides: what was found, in a sentence. */
  note: string;
  /** At most 200 characters of it; absent where there is nothing to show. */
  excerpt?: string;
};

const SUSPICIOUS: readonly FindingKind[] = ["hidden", "instructions", "encoded", "forged-marks", "repeated"];

/** Whether a document with this in it is never approved without a person. */
export const isSuspicious = ({ kind }: Finding): boolean => SUSPICIOUS.includes(kind);

export const finding = (kind: FindingKind, note: string, excerpt?: string): Finding => ({
  kind,
  note,
  ...(excerpt?.trim() && { excerpt: excerpt.replaceAll(/\s+/g, " ").trim().slice(0, 200) }),
});
