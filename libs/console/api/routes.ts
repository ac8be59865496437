import { z } from "zod";
import { InvalidDecisionError, NotPermittedError, Outcome } from "#callbacks";
import { maySee } from "../access.ts";
import type { Desk } from "../desk.ts";
import { listInbox } from "../inbox.ts";
import { decisionSentence } from "../pages/decision-sentence.ts";
import type { Route } from "../route.ts";
import { problem } from "./problem.ts";

const Body = z.strictObject({ outcome: Outcome, reason: z.string() });

/** The JSON twin of the pages: the same rules, bearer tokens for sessions, problem details for pages that refuse. */
export function reviewApi(desk: Desk): Route[] {
  return [
    {
      method: "GET",
      path: "/api/reviews",
      kind: "api",
      access: "reviewer",
      answer: async (c, visitor) => c.json(await listInbox(desk, visitor), 200, { "cache-control": "no-store" }),
    },
    {
      method: "GET",
      path: "/api/reviews/:id",
      kind: "api",
      access: "signed-in",
      async answer(c, visitor) {
        const review = await desk.reviews.get(c.req.param("id") ?? "");
        if (!maySee(visitor, review)) throw new NotPermittedError("role", review.request.role);
        return c.json(review, 200, { "cache-control": "no-store" });
      },
    },
    {
      method: "POST",
      path: "/api/reviews/:id/decision",
      kind: "api",
      access: "signed-in",
      async answer(c, { person: by, roles }) {
        const body = Body.safeParse(await c.req.json().catch(() => undefined));
        if (!body.success)
          throw new InvalidDecisionError(`Expected {"outcome", "reason"}. ${z.prettifyError(body.error)}`);
        const { won, review } = await desk.reviews.decide(c.req.param("id") ?? "", { ...body.data, by, roles });
        if (won) return c.json(review, 200, { "cache-control": "no-store" });
        const { decision } = review;
        const detail = `${decisionSentence(review)}. Your decision was not taken.`;
        return problem(c, { status: 409, code: "ALREADY_ENDED", detail, decision });
      },
    },
  ];
}
