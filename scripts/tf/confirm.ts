import { createInterface } from "node:readline/promises";

/** Asks at the terminal; only `yes` is one. Without a terminal nobody can answer, so it is a no. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error(`${question} Nobody is there to ask: pass --yes.`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} Only \`yes\` goes on: `)) === "yes";
  } finally {
    terminal.close();
  }
}
