import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { behaviourOf } from "./behaviour.ts";
import type { Answer, Books } from "./books.ts";
import { act, OPERATIONS, type Operation, Request, takeBack, UndoRequest } from "./operations.ts";

type Reply = Answer | "cut" | "silence";

/**
 * The counterparties' HTTP: `POST /<service>/<operation>` and its undo with an `Idempotency-Key`, `GET /effects/<key>`,
 * `GET /shipments/<key>`, `GET /books`, and `POST /desk/undo` for what a person does by hand.
 */
export function createSandboxServer(books: Books) {
  return createServer((request, response) => {
    answer(books, request)
      .then((reply) => send(response, reply))
      .catch((error: unknown) =>
        send(response, {
          status: 500,
          body: { code: "SANDBOX", message: error instanceof Error ? error.message : "" },
        }),
      );
  });
}

function send(response: ServerResponse, reply: Reply) {
  if (reply === "silence") return;
  if (reply === "cut") return response.socket?.destroy();
  response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
}

async function answer(books: Books, request: IncomingMessage): Promise<Reply> {
  const path = decodeURIComponent(request.url ?? "/").slice(1);
  if (request.method === "GET") return read(books, path);
  const body: unknown = JSON.parse((await text(request)) || "{}");
  if (path === "desk/undo") {
    const { actionKey } = UndoRequest.parse(body);
    return { status: 200, body: { found: books.undo(actionKey, `${actionKey}.by-hand`) } };
  }
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key.length > 255)
    return {
      status: 400,
      body: { code: "KEY_MISSING", message: "Expected an Idempotency-Key of up to 255 characters." },
    };
  const action = Object.keys(OPERATIONS).find((one) => one === path) as Operation | undefined;
  const undone = Object.keys(OPERATIONS).find(
    (one) => `${one.split("/")[0]}/${OPERATIONS[one as Operation].undo}` === path,
  ) as Operation | undefined;
  if (action) {
    const parsed = Request.safeParse(body);
    if (!parsed.success) return invalid(parsed.error);
    return behave(books, { path, key, request: parsed.data }, () => act(books, action, { key, request: parsed.data }));
  }
  if (!undone)
    return { status: 404, body: { code: "NO_SUCH_OPERATION", message: "The sandbox has no such operation." } };
  const parsed = UndoRequest.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  return behave(books, { path, key, request: parsed.data }, () =>
    takeBack(books, undone, { key, request: parsed.data }),
  );
}

const invalid = (error: z.ZodError): Answer => ({
  status: 422,
  body: { code: "REQUEST_INVALID", message: z.prettifyError(error) },
});

/** Plays the trigger around the work, as a network and a tired server would. */
function behave(
  books: Books,
  { path, key, request }: { path: string; key: string; request: { trigger: string } },
  work: () => Answer,
): Reply {
  const behaviour = behaviourOf(request.trigger, path.split("/")[1] ?? "");
  const once = () => books.once(key, request, work);
  switch (behaviour.kind) {
    case "lost-before":
      return "cut";
    case "late-before":
      return "silence";
    case "lost-after":
      once();
      return "cut";
    case "late-after":
      once();
      return "silence";
    case "twice":
      once();
      return once();
    case "broken":
      return books.count(`${path} ${key}`) > behaviour.times
        ? once()
        : { status: 500, body: { code: "BROKEN", message: "Something went wrong." } };
    default:
      return once();
  }
}

function read(books: Books, path: string): Answer {
  const [what, key = ""] = path.split(/\/(.*)/s);
  if (what === "books") return { status: 200, body: books.all() };
  const effect = books.find(key);
  if (what === "effects" && effect) return { status: 200, body: { happened: true, id: `${effect.operation}-${key}` } };
  if (what === "effects") return { status: 200, body: { happened: false } };
  if (what === "shipments" && effect) {
    const isPending = !effect.undoneBy && books.count(`look ${key}`) <= effect.pending;
    return { status: 200, body: { id: `${effect.operation}-${key}`, status: isPending ? "pending" : "done" } };
  }
  return { status: 404, body: { code: "NOT_FOUND", message: "There is no such thing in the sandbox." } };
}
