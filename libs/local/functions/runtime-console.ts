import { format } from "node:util";

const LEVELS = { log: "INFO", info: "INFO", warn: "WARN", error: "ERROR", debug: "DEBUG", trace: "TRACE" } as const;

/**
 * Makes this process print as Lambda's runtime does: console lines with the instant, the request id and the level; all on
 * standard output, which is written synchronously, so that a crash loses none of it.
 */
export function writeAsLambda() {
  const write = process.stdout.write.bind(process.stdout);
  let requestId: string | undefined;
  let hasPrinted = false;
  const print = (...given: Parameters<typeof write>) => {
    hasPrinted = true;
    return write(...given);
  };
  process.stdout.write = print as typeof process.stdout.write;
  process.stderr.write = print as typeof process.stderr.write;
  for (const [name, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, string][]) {
    console[name] = (...parts: unknown[]) => {
      // An event of the log is one line.
      const text = format(...parts).replaceAll("\n", "\r");
      print(`${[new Date().toISOString(), requestId ?? "undefined", level, text].join("\t")}\n`);
    };
  }
  return {
    begin(id: string) {
      requestId = id;
      hasPrinted = false;
    },
    /** Answers whether anything was printed since the beginning; then the mark is printed behind it. */
    end(mark: string): boolean {
      if (hasPrinted) write(`\n${mark}\n`);
      return hasPrinted;
    },
  };
}
