import { type DurableContext, NestingType } from "@aws/durable-execution-sdk-js";
import { type Decision, requestDecision } from "#callbacks";
import type { CHECK_INS } from "./contract.ts";
import type { Hire, Note } from "./hire.ts";
import { checkInReview, endProbationReview } from "./reviews.ts";

const ENDED = { text: "Two people ended the probation.", ends: "PROBATION_ENDED" } as const;

/** Asks manager and hire at once how it goes. At the last one the manager confirms the probation, or two people end it. */
export async function checkIn(ctx: DurableContext, hire: Hire, day: (typeof CHECK_INS)[number]): Promise<Note[]> {
  const branches = [
    {
      name: "manager",
      func: async (child: DurableContext): Promise<Note[]> => {
        const answer = await requestDecision(child, `check-in-${day}-manager`, {
          review: checkInReview(hire, day, "manager"),
        });
        const notes = [noteOf(answer, day, hire.manager.name)];
        if (answer.option !== "end-probation") return notes;
        const { outcome, at } = await requestDecision(child, "end-probation", {
          review: endProbationReview(hire, answer.reason),
        });
        const how = outcome === "approved" ? ENDED : { text: "The probation was not ended." };
        return [...notes, { at, ...how }];
      },
    },
    {
      name: "hire",
      func: async (child: DurableContext): Promise<Note[]> => [
        noteOf(
          await requestDecision(child, `check-in-${day}-hire`, { review: checkInReview(hire, day, "hire") }),
          day,
          hire.hire.name,
        ),
      ],
    },
  ];
  const both = await ctx.parallel<Note[]>(`answers of day ${day}`, branches, { nesting: NestingType.FLAT });
  both.throwIfError();
  return both.getResults().flat();
}

function noteOf({ outcome, at, answers, by }: Decision, day: number, whom: string): Note {
  if (outcome === "expired") return { at, text: `Day ${day}: ${whom} did not answer.` };
  const words = answers?.words ? ` "${answers.words}"` : "";
  return {
    at,
    text: `Day ${day}: ${by?.name ?? whom} answered ${outcome === "approved" ? "well" : "not well"}.${words}`,
  };
}
