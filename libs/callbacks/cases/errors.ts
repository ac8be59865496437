import { LonghaulError } from "#platform";

const WHY = {
  unknown: "There is no outcome of this case that could be contested.",
  never: "The workflow does not let its decisions be contested.",
  late: "The period in which it could be contested is over.",
  contested: "It has been contested already.",
  superseded: "A later decision has taken its place. Contest that one.",
  role: "Only the applicant, or an officer of the case's role, can contest it.",
  reason: "Expected `reason` to have 1 to 2,000 characters.",
} as const;

/** A case cannot be contested, or not by this person; `execution` is the one in which it is decided again already. */
export class ContestRefusedError extends LonghaulError {
  readonly why: keyof typeof WHY;
  readonly execution: string | undefined;
  constructor(why: keyof typeof WHY, execution?: string) {
    super("CONTEST_REFUSED", WHY[why]);
    this.why = why;
    this.execution = execution;
  }
}
