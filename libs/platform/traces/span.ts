import { createHash } from "node:crypto";

/** What is told of a part of an execution. Names, codes and counts: no message, no input, no business key. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  began: Date;
  ended: Date;
  attributes: Readonly<Record<string, string | number | boolean>>;
  /** The code of the error that it ended with. */
  error?: string;
}

const digest = (parts: readonly string[], characters: number) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, characters);

/** The trace of an execution: all its invocations know it, on whatever machine, with nothing kept or handed on. */
export const traceIdOf = (arn: string): string => digest(["trace", arn], 32);

/** A part of an execution by what it is called; without parts the execution itself. Told twice it is the same span. */
export const spanIdOf = (arn: string, ...parts: string[]): string => digest(["span", arn, ...parts], 16);
