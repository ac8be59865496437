import type { Context } from "hono";
import { z } from "zod";
import { AUDITOR, type Visitor } from "../access.ts";
import { problem } from "../api/problem.ts";
import { contractOf, type Desk } from "../desk.ts";
import { type ExecutionFilter, ExecutionNotFoundError, STATUSES } from "../operations/operations.ts";
import { act, type Route, show } from "../route.ts";
import { executionBody } from "./execution.ts";
import { executionsBody, refOf } from "./executions.ts";
import { page } from "./layout.ts";
import { notice } from "./notice.ts";

const Query = z.object({
  workflow: z.string().optional().catch(undefined),
  status: z.enum(STATUSES).optional().catch(undefined),
  age: z.enum(["hour", "day", "week"]).optional().catch(undefined),
  search: z.string().trim().max(1_024).catch("").default(""),
  marker: z.string().max(4_000).optional().catch(undefined),
});

const AGES = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;

/** Executions, for operators and auditors; only operators stop or cancel one. */
export function operationPages(desk: Desk): Route[] {
  const { operations } = desk;

  return [
    show("/executions", "executions", async (c, visitor) => {
      const { workflow: asked, status, age, search, marker } = Query.parse(c.req.query());
      const workflow = contractOf(desk, asked ?? "")?.name;
      const isKey = search.includes("/");
      const name = isKey ? ((await operations.byKey(search)) ?? "none") : search;
      const startedAfter = age && new Date(desk.now() - AGES[age]);
      const filter: ExecutionFilter = { workflow, status, startedAfter, marker, ...(name && { name }) };
      const { executions, next } = isKey && name === "none" ? { executions: [] } : await operations.list(filter);
      const { contracts } = desk;
      const body = executionsBody({ executions, next, filter, search, age, contracts, now: desk.now() });
      return page(c, { title: "Executions", visitor, body });
    }),

    show("/executions/:ref", "executions", async (c, visitor) => {
      const arn = arnOf(c);
      const first = await operations.get(arn, false);
      const contract = contractOf(desk, first.workflow);
      const data = mayReadData(
        visitor,
        Object.values(contract?.reviews ?? {}).map(({ role }) => role),
      );
      const { details, timeline } = data ? await operations.get(arn, true) : first;
      const body = executionBody({ details, timeline, contract, visitor, data, now: desk.now() });
      return page(c, { title: details.DurableExecutionName ?? "Execution", visitor, body });
    }),

    act("/executions/:ref/stop", "operator", async (c, visitor) => {
      const arn = arnOf(c);
      if ((await c.req.parseBody()).sure !== "yes")
        return notice(c, {
          status: 422,
          title: "It was not stopped",
          text: "Tick that you know that nothing is taken back.",
          action: { href: `/executions/${refOf(arn)}`, label: "Back" },
          visitor,
        });
      await operations.stop(arn, visitor.person.subject);
      return c.redirect(`/executions/${refOf(arn)}`, 303);
    }),

    act("/executions/:ref/cancel", "operator", async (c, visitor) => {
      const arn = arnOf(c);
      const reason = String((await c.req.parseBody()).reason ?? "");
      const { person: by, roles } = visitor;
      if (await operations.cancel(arn, { by, roles, reason })) return c.redirect(`/executions/${refOf(arn)}`, 303);
      return notice(c, {
        status: 409,
        title: "It was not cancelled",
        text: "It had been cancelled before, or has ended.",
        action: { href: `/executions/${refOf(arn)}`, label: "Back" },
        visitor,
      });
    }),

    {
      method: "POST",
      path: "/api/executions/:ref/cancel",
      kind: "api",
      access: "operator",
      async answer(c, { person: by, roles }) {
        const body = z.object({ reason: z.string() }).safeParse(await c.req.json().catch(() => undefined));
        const cancelled = await operations.cancel(arnOf(c), { by, roles, reason: body.data?.reason ?? "" });
        if (cancelled) return c.json({ cancelled }, 202, { "cache-control": "no-store" });
        const detail = "It had been cancelled before, or has ended.";
        return problem(c, { status: 409, code: "NOT_CANCELLED", detail });
      },
    },
  ];
}

function arnOf(c: Context): string {
  const arn = Buffer.from(c.req.param("ref") ?? "", "base64url").toString();
  if (!/^arn:[\x21-\x7e]{20,1000}$/.test(arn)) throw new ExecutionNotFoundError();
  return arn;
}

const mayReadData = ({ roles }: Visitor, deciding: readonly string[]) =>
  roles.includes(AUDITOR) || roles.some((role) => deciding.includes(role));
