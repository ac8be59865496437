import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { Listener } from "./front.ts";

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const MOST_DAYS = 3_660;
const MOST_BYTES = 1_024;
const DURATION = /^(?:\d+(?:ms|s|m|h|d|w))+$/;

const Duration = z
  .string()
  .regex(DURATION, "expected a duration such as 90s, 3d or 1d12h")
  .transform((text) =>
    [...text.matchAll(/(\d+)(ms|s|m|h|d|w)/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
      0,
    ),
  )
  .refine((milliseconds) => milliseconds <= MOST_DAYS * UNITS.d, `expected at most ${MOST_DAYS} days`);

/** One of the three ways of moving, and no other member. */
const Move = z.union([
  z.strictObject({ advance: Duration }),
  z.strictObject({ until: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)) }),
  z.strictObject({ toNext: z.literal(true) }),
]);
const FORMS = 'expected one of {"advance": "3d"}, {"until": "2027-01-04T09:00:00Z"} and {"toNext": true}';

/**
 * `GET /_longhaul/clock` shows the cloud's clock, `POST` moves it forward and answers once all that fell due on the way has
 * happened. No page in a browser can call it: it takes JSON alone, and nothing that has an Origin.
 */
export function createClockListener(clock: Clock, onError: (error: unknown) => void): Listener {
  const show = () => {
    const next = clock.next();
    return {
      now: new Date(clock.now()).toISOString(),
      mode: clock.mode,
      next: next === undefined ? null : new Date(next).toISOString(),
    };
  };
  const post = async (request: IncomingMessage): Promise<[status: number, body: object]> => {
    if (request.headers.origin !== undefined) return [403, { message: "A web page does not move the clock." }];
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
      return [415, { message: "Expected the content type application/json." }];
    const given = await readJson(request);
    const parsed = Move.safeParse(given);
    if (!parsed.success) return [400, { message: explain(parsed.error, given) }];
    await clock.settle();
    const from = clock.now();
    const target = targetOf(parsed.data, clock);
    if (target === undefined)
      return [409, { message: "Nothing is due: there is no next timer to move to.", ...show() }];
    if (target < from || target > from + MOST_DAYS * UNITS.d) {
      const bounds = `${new Date(from).toISOString()} (the clock goes forward only) and ${MOST_DAYS} days later`;
      return [400, { message: `Expected \`until\` to lie between ${bounds}, got ${JSON.stringify(given)}.` }];
    }
    await clock.moveTo(target);
    return [200, { ...show(), movedMs: clock.now() - from }];
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === "GET") return send(response, 200, show());
    if (request.method !== "POST") return send(response, 405, { message: "Expected GET or POST." });
    const [status, body] = await post(request);
    send(response, status, body);
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error);
      send(response, 500, { message: "The clock could not be moved; the local cloud's log says why." });
    });
  };
}

function targetOf(move: z.infer<typeof Move>, clock: Clock): number | undefined {
  if ("advance" in move) return clock.now() + move.advance;
  if ("until" in move) return move.until;
  const next = clock.next();
  return next === undefined ? undefined : Math.max(next, clock.now());
}

/** In the words of the member that was given, where it was one of the three. */
function explain(error: z.ZodError, given: unknown): string {
  const issues = error.issues.flatMap((issue) => (issue.code === "invalid_union" ? issue.errors.flat() : [issue]));
  const isAlone = given instanceof Object && Object.keys(given).length === 1;
  const named = issues.find(({ path }) => isAlone && String(path[0]) in given);
  const what = named ? `${named.path.join(".")}: ${named.message}` : FORMS;
  return `Bad request to move the clock: ${what}; got ${JSON.stringify(given)?.slice(0, 200) ?? "no JSON"}.`;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const part of request as AsyncIterable<Buffer>) {
    text += part.toString();
    if (text.length > MOST_BYTES) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}
