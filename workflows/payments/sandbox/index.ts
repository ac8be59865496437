import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { openBooks } from "./books.ts";
import { createSandboxServer } from "./server.ts";

/**
 * **A test double of the outside world**, for the laptop and the tests: payment provider, stock, ledger and carrier, behind one
 * loopback port, with books of their own in `<folder>/payments-sandbox.db`. No money moves. `settings` are what the workflow's
 * function must be told to reach it. It comes back on the port that it had: executions that sleep keep the address that they
 * started with.
 */
export async function startSandbox({ folder }: { folder: string }) {
  const portFile = join(folder, "payments-sandbox.port");
  const port = existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0;
  const books = openBooks(join(folder, "payments-sandbox.db"));
  const server = createSandboxServer(books);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  writeFileSync(portFile, String(taken));
  const url = `http://127.0.0.1:${taken}`;
  return {
    url,
    settings: { LONGHAUL_PAYMENTS_URL: url },
    books: () => books.all(),
    count: () => books.size(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      books.close();
    },
  };
}
