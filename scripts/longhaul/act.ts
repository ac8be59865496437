import { userInfo } from "node:os";
import { z } from "zod";
import { reviewsFromEnvironment } from "#callbacks";
import { cancelExecution } from "#compensation";
import { names } from "#deployment";
import { getExecution, startExecution } from "#platform";
import { withoutRerun } from "#workflow";
import { findExecution } from "./executions.ts";
import { type Plan, planFromStep } from "./from-step.ts";
import { inputOf } from "./show.ts";
import { RefusedError, type Site } from "./site.ts";
import { tokenFor } from "./token.ts";

const Problem = z.object({ title: z.string(), detail: z.string().optional() });

export interface Answer {
  outcome: "approved" | "rejected";
  reason: string;
  /** A sample person of the local sign-in; on AWS LONGHAUL_TOKEN says who decides. */
  as?: string;
  option?: string;
}

/** Decides a review through the console's API, as the person whose token it is: no other way, not even for operators. */
export async function decide(site: Site, review: string, { as, ...body }: Answer): Promise<unknown> {
  const { consoleUrl, token } = await tokenFor(site, as);
  const answer = await fetch(new URL(`/api/reviews/${encodeURIComponent(review)}/decision`, consoleUrl), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const given: unknown = await answer.json().catch(() => ({}));
  if (answer.ok) return given;
  const { title, detail = "" } = Problem.catch({ title: `HTTP ${answer.status}` }).parse(given);
  throw new RefusedError(`${title} ${detail}`.trim());
}

/** Cancels an execution that listens to it: it undoes what it did. Who holds the account's credentials answers for it by name. */
export async function cancel(site: Site, wanted: string, reason: string): Promise<{ cancelled: boolean }> {
  const { arn, contract } = await findExecution(site, wanted);
  const by = operator();
  const role = contract.cancel?.role;
  if (!role) throw new RefusedError(`${contract.name} cannot be cancelled: its contract names no role for it.`);
  return cancelExecution({ executionArn: arn, contract, by, roles: [role], reason });
}

/** Whoever holds the credentials, by the name that their machine gives them. */
function operator() {
  const { username } = userInfo();
  return { subject: `cli:${username}`, name: username };
}

const ENDED_BADLY = ["FAILED", "TIMED_OUT", "STOPPED"];
const MOST_RERUNS = 100;
const LONGEST_NAME = 64;

export interface Agreement {
  status: string;
  /** Of a rerun from the failed step. */
  plan?: Plan;
}

type Note = (of: string, again: { as: string; taken?: string[] }) => Promise<unknown>;

/** Who repeats an execution is told to the evidence of both. */
const noteInEvidence: Note = (of, again) => reviewsFromEnvironment().repeated(of, operator(), again);

/**
 * Repeats an execution that came to no good end, as a new one that is named after it (`NAME-a1`): from its beginning and with
 * its input, or from its failed step with what it had recorded. That it was asked for, and by whom, is noted before it starts. Twice at once it is the same
 * execution. Undefined where nobody agreed.
 */
export async function rerun(
  site: Site,
  wanted: string,
  agree: (what: Agreement) => Promise<boolean>,
  { fromFailedStep = false, note = noteInEvidence }: { fromFailedStep?: boolean; note?: Note } = {},
): Promise<{ execution: string; of: string; taken?: string[]; again?: string[] } | undefined> {
  const found = await findExecution(site, wanted);
  const status = (await getExecution(found.arn, false))?.Status ?? "";
  if (!ENDED_BADLY.includes(status))
    throw new RefusedError(`Expected an execution that came to no good end, got one that is ${status}.`);
  const plan = fromFailedStep ? await planFromStep(found) : undefined;
  if (!(await agree({ status, ...(plan && { plan }) }))) return undefined;
  const input = plan ? plan.event : withoutRerun(await inputOf(found));
  const functionName = names.workflow(found.contract.name);
  // Not a contest's suffix, which is `-r2`: a rerun must not take the name of the execution that a contest will start.
  const base = found.name.replace(/-a\d+$/, "").slice(0, LONGEST_NAME - "-a100".length);
  for (let count = 1; count <= MOST_RERUNS; count += 1) {
    const name = `${base}-a${count}`;
    if (await exists(site, name)) continue;
    await note(found.name, { as: name, ...(plan && { taken: plan.taken }) });
    const { started } = await startExecution({ functionName, qualifier: names.alias, name, input });
    if (started) return { execution: name, of: found.name, ...(plan && { taken: plan.taken, again: plan.again }) };
  }
  throw new RefusedError(`${base} was repeated ${MOST_RERUNS} times.`);
}

const exists = (site: Site, name: string) =>
  findExecution(site, name).then(
    () => true,
    (error: unknown) => {
      if (error instanceof RefusedError) return false;
      throw error;
    },
  );

/** A case's evidence as one file; that it was exported, and by whom, is its last entry. */
export async function exportCase(site: Site, wanted: string) {
  const { name } = await findExecution(site, wanted);
  return reviewsFromEnvironment().exportCase(name, operator());
}
