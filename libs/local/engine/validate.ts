import { errors } from "./errors.ts";
import type { Operation, OperationStatus } from "./model.ts";
import type { OperationUpdate } from "./updates.ts";

type State = OperationStatus | "NONE";

/** From which states which action is allowed. */
const ALLOWED: Readonly<
  Record<
    Exclude<OperationUpdate["Type"], "EXECUTION">,
    Readonly<Partial<Record<OperationUpdate["Action"], readonly State[]>>>
  >
> = {
  STEP: {
    START: ["NONE", "READY"],
    SUCCEED: ["NONE", "STARTED", "READY"],
    FAIL: ["NONE", "STARTED", "READY"],
    RETRY: ["NONE", "STARTED", "READY"],
  },
  CONTEXT: { START: ["NONE"], SUCCEED: ["NONE", "STARTED"], FAIL: ["NONE", "STARTED"] },
  WAIT: { START: ["NONE"], CANCEL: ["STARTED"] },
  CALLBACK: { START: ["NONE"] },
  CHAINED_INVOKE: { START: ["NONE"], CANCEL: ["STARTED"] },
};

/** Checks a whole batch against the operations as they are, before anything is applied. @throws WireError */
export function validateBatch(
  updates: readonly OperationUpdate[],
  stored: (id: string) => Operation | undefined,
): void {
  const batch = new Map<string, { update: OperationUpdate; state: State }>();
  const executions = updates.filter(({ Type }) => Type === "EXECUTION");
  if (executions.length > 1) throw errors.invalid("Cannot checkpoint multiple EXECUTION updates.");
  if (executions.length === 1 && updates.at(-1)?.Type !== "EXECUTION")
    throw errors.invalid("EXECUTION checkpoint must be the last update.");
  for (const update of updates) {
    if (update.Type === "EXECUTION") {
      if (update.Action !== "SUCCEED" && update.Action !== "FAIL") throw errors.invalid("Invalid EXECUTION action.");
      checkContents(update);
      continue;
    }
    const earlier = batch.get(update.Id);
    const isPair =
      earlier?.update.Action === "START" &&
      update.Action !== "START" &&
      (update.Type === "STEP" || update.Type === "CONTEXT");
    if (earlier && !isPair) throw errors.invalid("Cannot checkpoint the same operation twice in one request.");
    const known = stored(update.Id);
    checkIdentity(update, known ?? earlier?.update);
    checkParent(update, batch, stored);
    const state = earlier?.state ?? known?.Status ?? "NONE";
    if (!ALLOWED[update.Type][update.Action]?.includes(state)) {
      throw errors.invalid(
        `Invalid ${update.Type} action: cannot ${update.Action} an operation that is ${state === "NONE" ? "not there" : state}.`,
      );
    }
    checkContents(update);
    batch.set(update.Id, { update, state: "STARTED" });
  }
}

function checkIdentity(
  update: OperationUpdate,
  known:
    | { Type: string; SubType?: string | undefined; Name?: string | undefined; ParentId?: string | undefined }
    | undefined,
) {
  if (!known) return;
  if (known.Type !== update.Type) throw errors.invalid("Inconsistent operation type.");
  if (known.SubType !== update.SubType) throw errors.invalid("Inconsistent operation subtype.");
  if (known.Name !== update.Name) throw errors.invalid("Inconsistent operation name.");
  if (known.ParentId !== update.ParentId) throw errors.invalid("Inconsistent parent operation id.");
}

function checkParent(
  { ParentId }: OperationUpdate,
  batch: ReadonlyMap<string, { update: OperationUpdate }>,
  stored: (id: string) => Operation | undefined,
) {
  if (ParentId === undefined) return;
  const parent = batch.get(ParentId)?.update ?? stored(ParentId);
  if (parent?.Type !== "CONTEXT") throw errors.invalid("Invalid parent operation id.");
}

function checkContents({
  Type,
  Action,
  Payload,
  Error: error,
  StepOptions,
  WaitOptions,
  ChainedInvokeOptions,
}: OperationUpdate) {
  if (Action === "FAIL" && Payload !== undefined) throw errors.invalid("Cannot provide a Payload for FAIL action.");
  if (Action === "SUCCEED" && error !== undefined) throw errors.invalid("Cannot provide an Error for SUCCEED action.");
  if (Action === "RETRY") {
    if (StepOptions?.NextAttemptDelaySeconds === undefined)
      throw errors.invalid("Invalid StepOptions for RETRY action: NextAttemptDelaySeconds is required.");
    if (Payload !== undefined && error !== undefined)
      throw errors.invalid("Cannot provide both a Payload and an Error for RETRY action.");
  }
  if (Type === "WAIT" && Action === "START" && WaitOptions?.WaitSeconds === undefined)
    throw errors.invalid("Invalid WaitOptions: WaitSeconds is required.");
  if (Type === "CHAINED_INVOKE" && Action === "START" && !ChainedInvokeOptions)
    throw errors.invalid("Invalid ChainedInvokeOptions: FunctionName is required.");
}
