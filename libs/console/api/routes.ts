import type { Context } from "hono";
import { z } from "zod";
import { CallbackAction, InvalidDecisionError, NotPermittedError, Outcome, problemOf } from "#callbacks";
import { actorOf, maySee } from "../access.ts";
import type { Desk } from "../desk.ts";
import { InboxQuery, listInbox } from "../inbox.ts";
import type { Route } from "../route.ts";
import { problem } from "./problem.ts";

const Body = z.strictObject({
  outcome: Outcome,
  reason: z.string(),
  option: z.string().optional(),
  answers: z.record(z.string(), z.json()).optional(),
  comment: z.string().optional(),
  /** A reason code of the option. */
  code: z.string().optional(),
  /** What the caller was shown; as `version` of the review was. */
  version: z.string().optional(),
});

const fresh = { "cache-control": "no-store" };

/** The JSON twin of the pages: the same rules, bearer tokens for sessions, problem details for pages that refuse. */
export function reviewApi(desk: Desk): Route[] {
  return [
    {
      method: "GET",
      path: "/api/reviews",
      kind: "api",
      access: "reviewer",
      answer: async (c, visitor) => c.json(await listInbox(desk, visitor, InboxQuery.parse(c.req.query())), 200, fresh),
    },
    {
      method: "GET",
      path: "/api/reviews/:id",
      kind: "api",
      access: "signed-in",
      async answer(c, visitor) {
        const review = await desk.reviews.get(c.req.param("id") ?? "");
        if (!maySee(visitor, review)) throw new NotPermittedError("role", review.request.role);
        return c.json(review, 200, fresh);
      },
    },
    {
      method: "POST",
      path: "/api/reviews/:id/decision",
      kind: "api",
      access: "signed-in",
      async answer(c, visitor) {
        const body = Body.safeParse(await c.req.json().catch(() => undefined));
        if (!body.success)
          throw new InvalidDecisionError(`Expected {"outcome", "reason"}. ${z.prettifyError(body.error)}`);
        const { option, answers, comment, version, code, ...rest } = body.data;
        const given = {
          ...rest,
          ...actorOf(visitor),
          ...(option !== undefined && { option }),
          ...(answers && { answers }),
          ...(comment !== undefined && { comment }),
          ...(version !== undefined && { version }),
          ...(code !== undefined && { code }),
        };
        const settlement = await desk.reviews.decide(c.req.param("id") ?? "", given);
        const { won, review, waitingFor } = settlement;
        if (won) return c.json({ ...review, ...(waitingFor && { waitingFor }) }, 200, fresh);
        const said = problemOf(settlement);
        return sendProblem(said?.status ?? 409, { ...said, decision: review.decision });
      },
    },
    {
      method: "POST",
      path: "/callbacks/:token/:action",
      kind: "api",
      access: "anyone",
      answer: (c) => receive(c, desk),
    },
  ];
}

/** An outside system's answer: its token in the path is all that it knows of itself. */
async function receive(c: Context, { receive: take }: Desk): Promise<Response> {
  const action = CallbackAction.safeParse(c.req.param("action"));
  if (!action.success)
    return problem(c, {
      status: 404,
      code: "NOT_FOUND",
      detail: "Expected /success, /failure or /heartbeat after the token.",
    });
  const reply = await take(c.req.param("token") ?? "", action.data, new Uint8Array(await c.req.arrayBuffer()));
  c.header("cache-control", "no-store");
  if (!("problem" in reply)) return c.body(null, 204);
  return sendProblem(reply.status, reply.problem);
}

const sendProblem = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json", ...fresh } });
