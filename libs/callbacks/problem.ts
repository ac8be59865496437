/** A refusal as RFC 9457 has it, for `application/problem+json` and for a page alike. Holds no personal data but what the asker may see. */
export interface Problem {
  /** A stable name: `urn:longhaul:problem:callback-expired`. */
  type: string;
  title: string;
  status: number;
  detail: string;
  [more: string]: unknown;
}

export const problem = (
  name: string,
  status: number,
  text: { title: string; detail: string; [more: string]: unknown },
): Problem => ({
  type: `urn:longhaul:problem:${name}`,
  status,
  ...text,
});
