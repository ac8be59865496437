import type { Readable } from "node:stream";

/** Calls `take` with each whole line of a stream of UTF-8, and with what is left at its end. */
export function eachLine(stream: Readable, take: (line: string) => void) {
  let parts: string[] = [];
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    let from = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", from)) {
      parts.push(chunk.slice(from, end));
      from = end + 1;
      const line = parts.length === 1 ? parts[0] : parts.join("");
      parts = [];
      take(line ?? "");
    }
    if (from < chunk.length) parts.push(chunk.slice(from));
  });
  stream.on("end", () => {
    if (parts.length > 0) take(parts.join(""));
    parts = [];
  });
}
