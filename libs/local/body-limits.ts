const MB = 1024 * 1024;

/** A zip of 50 MB in base64, and what is around it. */
export const MOST_BODY_BYTES = 70 * MB;

interface Asked {
  method: string;
  /** As sent. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What Lambda's routes take at most, in bytes, so that more is refused before it is read whole. */
const LIMITS: readonly (readonly [path: RegExp, limit: (asked: Asked) => number])[] = [
  [/\/invocations$/, ({ headers }) => (headers["x-amz-invocation-type"] === "Event" ? MB : 6 * MB)],
  [/^\/2025-12-01\/durable-execution-callbacks\/[^/]+\/succeed$/, () => MB],
  // An error object of 1 MB, and the JSON around it.
  [/^\/2025-12-01\/.*\/(fail|stop)$/, () => 2 * MB],
  // One payload of 6 MiB as JSON text, and others beside it.
  [/^\/2025-12-01\/.*\/checkpoint$/, () => 16 * MB],
  [/^\/2015-03-31\/functions\/?$|\/code$/, () => MOST_BODY_BYTES],
];

export const bodyLimit = (asked: Asked): number => LIMITS.find(([path]) => path.test(asked.path))?.[1](asked) ?? MB;
