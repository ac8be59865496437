import type { Context } from "hono";
import { z } from "zod";
import { names } from "#deployment";
import { type ExecutionPage, type ExecutionRecord, parseExecutionArn } from "#executions";
import { mayReadData } from "../access.ts";
import { problem } from "../api/problem.ts";
import { contractOf, type Desk } from "../desk.ts";
import { costOf } from "../operations/cost.ts";
import { ExecutionNotFoundError } from "../operations/operations.ts";
import { ExecutionQuery, filterOf } from "../operations/query.ts";
import { act, type Route, show } from "../route.ts";
import { executionBody } from "./execution.ts";
import { logBody } from "./execution-log.ts";
import { byVersionBody, executionsBody, refOf } from "./executions.ts";
import { page } from "./layout.ts";
import { notice } from "./notice.ts";
import { versionsBody } from "./versions.ts";

/** Executions, for operators and auditors; only operators stop or cancel one. */
export function operationPages(desk: Desk): Route[] {
  const { operations } = desk;

  return [
    show("/executions", "executions", async (c, visitor) => {
      const asked = ExecutionQuery.parse(c.req.query());
      const query = { ...asked, workflow: contractOf(desk, asked.workflow ?? "")?.name };
      const { search, after, by } = query;
      const { contracts } = desk;
      if (by === "version") {
        const versions = versionsBody(await operations.versions(), { contracts, now: desk.now() });
        return page(c, { title: "Executions by version", visitor, body: byVersionBody(versions) });
      }
      const filter = filterOf(query, desk.now());
      const [{ executions, next }, freshness] = await Promise.all([
        search ? found(await operations.find(search, filter)) : operations.list(filter, { after }),
        operations.freshness(),
      ]);
      const view = { executions, next, query, freshness, contracts, now: desk.now() };
      return page(c, { title: "Executions", visitor, body: executionsBody(view) });
    }),

    show("/executions/:ref", "executions", async (c, visitor) => {
      const arn = arnOf(c);
      const first = await operations.get(arn, false);
      const contract = contractOf(desk, first.workflow);
      const data = mayReadData(visitor, contract);
      const { details, timeline, use } = data ? await operations.get(arn, true) : first;
      const cost = contract && costOf(use, { contract, more: timeline.more });
      const body = executionBody({ details, timeline, contract, visitor, data, cost, now: desk.now() });
      return page(c, { title: details.DurableExecutionName ?? "Execution", visitor, body });
    }),

    show("/executions/:ref/log", "executions", async (c, visitor) => {
      const arn = arnOf(c);
      const { functionName = "", name = "" } = parseExecutionArn(arn) ?? {};
      const contract = desk.contracts.find((one) => names.workflow(one.name) === functionName);
      const data = mayReadData(visitor, contract);
      const log = await operations.log(arn, data);
      return page(c, { title: `Log of ${name}`, visitor, body: logBody({ arn, name, log, data }) });
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

const found = (executions: ExecutionRecord[]): ExecutionPage => ({ executions });

function arnOf(c: Context): string {
  const arn = Buffer.from(c.req.param("ref") ?? "", "base64url").toString();
  if (!/^arn:[\x21-\x7e]{20,1000}$/.test(arn)) throw new ExecutionNotFoundError();
  return arn;
}
