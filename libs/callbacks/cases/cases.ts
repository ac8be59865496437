import { parseExecutionArn } from "#executions";
import { logger } from "#platform";
import type { Contract } from "#workflow";
import { isNamed, type Person } from "../person.ts";
import type { Decision } from "../review.ts";
import { only, sweepAll } from "../sweeping.ts";
import { ContestRefusedError } from "./errors.ts";
import {
  type CaseOutcome,
  type Explanation,
  isOutcome,
  outcomeKey,
  type Reopening,
  reopenedName,
  toOutcome,
} from "./outcome.ts";
import { type CasePorts, createReopening, identityOf } from "./reopening.ts";

/** A case's end, as its workflow records it. */
export interface CaseEnding {
  executionArn: string;
  contract: Pick<Contract, "name" | "reviews">;
  /** Which of the contract's reviews gives the roles and the period for contesting. */
  review: string;
  /** The execution's input. */
  input: { readonly reopens?: Reopening | undefined };
  outcome: string;
  /** Absent where the policy decided. */
  decision?: Decision | undefined;
  applicant?: string | null | undefined;
  explanation?: Explanation | undefined;
  /** Where the whole result lies. */
  result?: string;
}

/** What a reopened review is told of the decision that was contested. */
export interface Lineage {
  of: string;
  outcome: string;
  as: "applicant" | "officer";
  reason: string;
  /** Addresses and subjects of those who have decided before, or contest it as officers. */
  mayNotDecide: string[];
}

export interface Cases {
  /** @throws ContestRefusedError `unknown` */
  outcome(execution: string): Promise<CaseOutcome>;
  /**
   * Records how a case ended; called where the workflow records its result. Repeated, it changes nothing. Where a person
   * has decided a reopened case, the outcome before is superseded, and its reviews say so.
   */
  close(ending: CaseEnding): Promise<CaseOutcome>;
  /**
   * Has a case decided again, by a person and never by one who decided before: a linked execution, started once however
   * often this is called. The applicant, or a holder of the case's roles, within the contract's period.
   * @throws ContestRefusedError
   */
  contest(
    execution: string,
    contest: { by: Person; roles: readonly string[]; reason: string },
  ): Promise<{ execution: string }>;
  lineage(execution: string): Promise<Lineage>;
  /** Starts what a crash left behind; answers how many. */
  sweep(): Promise<number>;
}

export function createCases({ store, start, now = Date.now }: CasePorts & { now?: () => number }): Cases {
  const { table, chain } = store;
  const iso = (time = now()) => new Date(time).toISOString();

  const find = async (execution: string): Promise<CaseOutcome> => {
    const item = await table.get(outcomeKey(execution));
    if (!item) throw new ContestRefusedError("unknown");
    return toOutcome(item);
  };
  const { reopen, supersede } = createReopening({ store, start });

  return {
    outcome: find,

    async close({ executionArn, contract, review, input, outcome, decision, applicant, explanation, result }) {
      const execution = parseExecutionArn(executionArn)?.name ?? "unnamed";
      const rules = contract.reviews[review];
      const { reopens, ...first } = input;
      const at = decision?.at ?? iso();
      const { by, with: others = [], onBehalfOf = [] } = decision ?? {};
      const closed: Omit<CaseOutcome, "execution"> = {
        executionArn,
        workflow: contract.name,
        input: first as CaseOutcome["input"],
        outcome,
        at,
        decidedBy: [...(by ? [by] : []), ...others, ...onBehalfOf],
        roles: rules ? [rules.role, ...(rules.escalation ? [rules.escalation.role] : [])] : [],
        round: reopens?.round ?? 1,
        ...(applicant && { applicant }),
        // What was withdrawn has its successor already.
        ...(rules?.contestSeconds &&
          outcome !== "withdrawn" && { contestableUntil: iso(Date.parse(at) + rules.contestSeconds * 1_000) }),
        ...(explanation && { explanation }),
        ...(result && { result }),
        ...(reopens && { reopens: reopens.of }),
      };
      await table.putNew({ ...outcomeKey(execution), ...closed }, "entry");
      const kept = await find(execution);
      await chain.append(execution, {
        source: "closed",
        act: "closed",
        at: kept.at,
        details: {
          outcome: kept.outcome,
          by: kept.decidedBy.length > 0 ? "people" : decision ? "nobody" : "policy",
          round: kept.round,
        },
        personal: { by: by?.name ?? "Longhaul", ...(by && identityOf(by)) },
      });
      // A reopened case that nobody decided leaves what it looked at as it was.
      if (kept.reopens && kept.decidedBy.length > 0) await supersede(kept.reopens, kept);
      return kept;
    },

    async contest(execution, { by, roles, reason }) {
      const outcome = await find(execution);
      const as = roleOf(outcome, by, roles);
      if (!as) throw new ContestRefusedError("role");
      const words = reason.trim();
      if (words.length < 1 || words.length > 2_000) throw new ContestRefusedError("reason");
      if (outcome.supersededBy) throw new ContestRefusedError("superseded", outcome.supersededBy);
      if (outcome.contest) throw new ContestRefusedError("contested", outcome.contest.execution);
      if (!outcome.contestableUntil) throw new ContestRefusedError("never");
      if (now() >= Date.parse(outcome.contestableUntil)) throw new ContestRefusedError("late");
      const contest = { by, as, reason: words, at: iso(), execution: reopenedName(execution, outcome.round + 1) };
      const contested = await table.update(outcomeKey(execution), {
        update: "SET contest = :contest, owed = :yes, outbox = :yes, outboxAt = :at",
        condition: "attribute_not_exists(contest) AND attribute_not_exists(supersededBy)",
        values: { ":contest": contest, ":yes": "yes", ":at": contest.at },
      });
      if (!contested) throw new ContestRefusedError("contested", (await find(execution)).contest?.execution);
      await reopen(toOutcome(contested)).catch((error: unknown) =>
        logger.warn("A contest waits for the sweeper", {
          execution,
          error: error instanceof Error ? error.name : "unknown",
        }),
      );
      return { execution: contest.execution };
    },

    async lineage(execution) {
      const { contest, outcome, decidedBy, reopens } = await find(execution);
      if (!contest) throw new ContestRefusedError("unknown");
      const people = contest.as === "officer" ? [...decidedBy, contest.by] : decidedBy;
      const before = reopens ? (await find(reopens)).decidedBy : [];
      const names = [...people, ...before].flatMap(({ subject, email }) => (email ? [subject, email] : [subject]));
      return { of: execution, outcome, as: contest.as, reason: contest.reason, mayNotDecide: [...new Set(names)] };
    },

    sweep: () => sweepAll(only(store.outbox(), isOutcome), (item) => reopen(toOutcome(item))),
  };
}

/** As what a person may contest: whom it is about, or an officer; never both, and an officer who decided it may not. */
function roleOf({ applicant, roles: accepted }: CaseOutcome, by: Person, roles: readonly string[]) {
  if (applicant && isNamed(by, applicant)) return "applicant" as const;
  return accepted.some((role) => roles.includes(role)) ? ("officer" as const) : undefined;
}
