import type { Context } from "hono";
import { exportPage, ReviewNotFoundError, type Verification } from "#callbacks";
import type { Visitor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { ExecutionNotFoundError } from "../operations/operations.ts";
import { act, type Route, show } from "../route.ts";
import { auditBody, chainBody } from "./audit.ts";
import { eraseBody } from "./erase.ts";
import { page } from "./layout.ts";

/** What auditors and officers look up, verify and take away. Verifying and exporting leave an entry, so they are no GET. */
export function auditPages(desk: Desk): Route[] {
  const { reviews } = desk;
  const chainPage = async (c: Context, visitor: Visitor, verification?: Verification) => {
    const execution = caseOf(c);
    const [history, ofCase] = await Promise.all([reviews.history(execution), reviews.ofCase(execution)]);
    if (history.length === 0) throw new ReviewNotFoundError(execution);
    const body = chainBody(execution, { history, verification, visitor, reviews: ofCase });
    return page(c, { title: `Audit of ${execution}`, visitor, body });
  };

  /** Whether its execution goes on; one whose retention has ended does not. */
  const isRunning = async (execution: string) => {
    const [review] = await reviews.ofCase(execution);
    if (!review) return false;
    try {
      return (await desk.operations.get(review.executionArn, false)).details.Status === "RUNNING";
    } catch (error) {
      if (error instanceof ExecutionNotFoundError) return false;
      throw error;
    }
  };
  const erasePage = async (c: Context, visitor: Visitor, problem?: string) => {
    const execution = caseOf(c);
    const [history, ofCase, running] = await Promise.all([
      reviews.history(execution),
      reviews.ofCase(execution),
      isRunning(execution),
    ]);
    if (history.length === 0) throw new ReviewNotFoundError(execution);
    const body = eraseBody(execution, { history, reviews: ofCase, running, visitor, problem });
    return page(c, { title: `Erase the personal data of ${execution}`, visitor, body, status: problem ? 422 : 200 });
  };

  return [
    show("/audit", "auditor", async (c, visitor) => {
      const search = (c.req.query("search") ?? "").trim().slice(0, 1_024);
      const name = search.includes("/") ? ((await desk.operations.byKey(search)) ?? "") : (search.split(".")[0] ?? "");
      const found = /^[A-Za-z0-9_-]{1,64}$/.test(name) && (await reviews.history(name)).length > 0;
      if (found) return c.redirect(`/audit/${name}`);
      const lists = await Promise.all(desk.contracts.map((contract) => reviews.settled(contract.name, { limit: 25 })));
      const settled = lists
        .flatMap((list) => list.reviews)
        .sort((one, other) => ((one.decision?.at ?? "") < (other.decision?.at ?? "") ? 1 : -1));
      return page(c, { title: "Audit", visitor, body: auditBody({ search, found, settled: settled.slice(0, 25) }) });
    }),

    show("/audit/:execution", "auditor", (c, visitor) => chainPage(c, visitor)),

    act("/audit/:execution/verify", "auditor", async (c, visitor) =>
      chainPage(c, visitor, await reviews.verify(caseOf(c))),
    ),

    act("/audit/:execution/export", "auditor", async (c, { person }) => {
      const execution = caseOf(c);
      const isPage = (await c.req.parseBody()).format === "html";
      const exported = await reviews.exportCase(execution, person, desk.documentText);
      const text = isPage ? await exportPage(exported) : `${JSON.stringify(exported, null, 2)}\n`;
      c.header("content-disposition", `attachment; filename="${execution}.${isPage ? "html" : "json"}"`);
      c.header("cache-control", "no-store");
      return c.body(text, 200, { "content-type": isPage ? "text/html; charset=utf-8" : "application/json" });
    }),

    show("/audit/:execution/erase", "officer", (c, visitor) => erasePage(c, visitor)),

    act("/audit/:execution/erase", "officer", async (c, visitor) => {
      const execution = caseOf(c);
      const form = await c.req.parseBody();
      const reason = String(form.reason ?? "").trim();
      if (form.sure !== "yes" || reason === "" || reason.length > 2_000)
        return erasePage(c, visitor, "Say why, in 1 to 2,000 characters, and check that you are sure.");
      if (await isRunning(execution)) return erasePage(c, visitor);
      await reviews.erase(execution, visitor.person, reason);
      return c.redirect(`/audit/${execution}`, 303);
    }),
  ];
}

function caseOf(c: Context): string {
  const execution = c.req.param("execution") ?? "";
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(execution)) throw new ReviewNotFoundError(execution.slice(0, 64));
  return execution;
}
