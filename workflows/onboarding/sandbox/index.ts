import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";

interface Ask {
  what: string;
  employee: string;
  url: string;
  equipment: string;
}

/** What the sandbox keeps: who ordered what by which key, what was taken back, and whom it still owes an answer. */
interface Books {
  orders: Record<string, { what: string; employee: string; undone: boolean }>;
  held: Ask[];
  /** Who was reminded of what, by key. */
  reminders: Record<string, { what: string; employee: string }>;
}

/**
 * **A test double of the outside world**, for the laptop and the tests: e-signature, background check, accounts, equipment,
 * carrier and building, behind one loopback port. Nothing is signed, ordered or delivered. It calls back at once, unless the
 * equipment's profile says otherwise after a colon: `laptop:delivered=held` waits for `POST /desk/release {employee, what}`,
 * `background=unclear` finds something, `dispatched=failed` reports a failure. Its books lie in `<folder>/onboarding-sandbox.json`.
 */
export async function startSandbox({ folder }: { folder: string }) {
  const file = join(folder, "onboarding-sandbox.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Books & { port: number }) : undefined;
  const books: Books = { orders: kept?.orders ?? {}, held: kept?.held ?? [], reminders: kept?.reminders ?? {} };
  const closing = new AbortController();
  /** Calls back that are under way. */
  let calling = 0;
  const call = async (ask: Ask) => {
    calling += 1;
    await callBack(ask, closing.signal).finally(() => {
      calling -= 1;
    });
  };
  let port = kept?.port ?? 0;
  const save = () => writeFileSync(file, JSON.stringify({ ...books, port }));

  const release = async ({ employee, what }: { employee: string; what: string }) => {
    const asked = books.held.filter((ask) => ask.employee === employee && ask.what === what);
    books.held = books.held.filter((ask) => !asked.includes(ask));
    save();
    // Of several for the same thing (it was asked again) the first is as good as any; the others are told apart.
    for (const ask of asked) await call(ask);
    return { released: asked.length };
  };

  const answer = (path: string, key: string, body: Record<string, string>): object | Promise<object> => {
    const [kind, what = ""] = path.split("/");
    const { employee = "", url = "", equipment = "", actionKey = "" } = body;
    if (kind === "orders") {
      books.orders[key] ??= { what, employee, undone: false };
      return { id: `${what}-${key}` };
    }
    if (kind === "undo") {
      const found = books.orders[actionKey];
      if (found) found.undone = true;
      return { found: found !== undefined };
    }
    if (kind === "asks") {
      const ask = { what, employee, url, equipment };
      if (behaviourOf(ask) === "held") books.held.push(ask);
      else void call(ask);
      return {};
    }
    if (kind === "reminders") {
      books.reminders[key] ??= { what, employee };
      return {};
    }
    if (kind === "desk") return release({ employee, what: body.what ?? "" });
    const held = books.held.map(({ what: one, employee: whose }) => ({ what: one, employee: whose }));
    return { ...books, held, calling };
  };

  const server = createServer((request, response) => {
    const serve = async () => {
      const body = JSON.parse((await text(request)) || "{}") as Record<string, string>;
      const path = (request.url ?? "/").slice(1);
      const reply = await answer(path, String(request.headers["idempotency-key"] ?? ""), body);
      if (request.method === "POST") save();
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply));
    };
    serve().catch(() => response.writeHead(500).end("{}"));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  port = (server.address() as AddressInfo).port;
  save();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    settings: { LONGHAUL_ONBOARDING_URL: url },
    books: () => books,
    release,
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const behaviourOf = ({ what, equipment }: Ask): string | undefined =>
  equipment
    .split(":")[1]
    ?.split(",")
    .map((trigger) => trigger.split("="))
    .find(([about]) => about === what)?.[1];

const TRIES = 20;

/** Calls back until the other side has taken it, or says that it never will. */
async function callBack(ask: Ask, signal: AbortSignal): Promise<void> {
  const behaviour = behaviourOf(ask);
  const done = { at: new Date().toISOString(), ...(ask.what === "background" && { clear: behaviour !== "unclear" }) };
  const isFailed = behaviour === "failed";
  const body = isFailed ? { code: "REFUSED", message: "As its trigger says." } : done;
  for (let tries = 0; tries < TRIES && !signal.aborted; tries += 1) {
    const reply = await fetch(`${ask.url}/${isFailed ? "failure" : "success"}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    }).catch(() => undefined);
    if (reply && reply.status < 500 && reply.status !== 429) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
