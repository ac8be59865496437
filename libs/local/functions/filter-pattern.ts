import { WireError } from "../core/wire-error.ts";
import type { LogEvent } from "./logs.ts";

/**
 * CloudWatch's filter patterns of terms: all of `one "two words"`, one of `?these ?those`, none of `-this`; case-sensitive. A term
 * is looked for in the message, and is also found where it is the line's request id or execution ARN, which lines of a handler's own format lack.
 * @throws WireError for a pattern of JSON, of columns or of a regular expression
 */
export function matcher(pattern: string): (event: LogEvent) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    const message =
      "The local CloudWatch Logs knows filter patterns of terms, and none of JSON, columns or expressions.";
    throw new WireError("InvalidParameterException", 400, message);
  }
  const terms = [...pattern.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, bare]) => ({
    sign,
    text: quoted?.replaceAll(/\\(.)/g, "$1") ?? bare ?? "",
  }));
  const those = (sign: string) => terms.filter((term) => term.sign === sign).map(({ text }) => text);
  const [all, some, none] = [those(""), those("?"), those("-")];
  return ({ message, requestId, executionArn }) => {
    const has = (text: string) => message.includes(text) || text === requestId || text === executionArn;
    return all.every(has) && (some.length === 0 || some.some(has)) && !none.some(has);
  };
}
