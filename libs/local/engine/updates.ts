import { z } from "zod";
import { LIMITS } from "./limits.ts";

const Id = z.string().regex(/^[A-Za-z0-9-_]{1,64}$/, "expected 1 to 64 of letters, digits, - and _");
const Printable = z.string().regex(/^[\x20-\x7e]*$/, "expected printable ASCII");
const Delay = z.int().min(1).max(LIMITS.delaySeconds);
const CallbackTimeout = z.int().min(0).max(LIMITS.callbackSeconds).optional();
const Payload = z
  .string()
  .refine((payload) => Buffer.byteLength(payload) <= LIMITS.payloadBytes, "expected at most 6 MiB");

/** Members that the service does not know are left out, as the service does; that is why no shape here is strict. */
export const ErrorShape = z.object({
  ErrorType: z.string().optional(),
  ErrorMessage: z.string().optional(),
  ErrorData: z.string().optional(),
  StackTrace: z.array(z.string()).optional(),
});

export const OperationUpdate = z.object({
  Id,
  ParentId: Id.optional(),
  Name: Printable.min(1).max(256).optional(),
  Type: z.enum(["EXECUTION", "CONTEXT", "STEP", "WAIT", "CALLBACK", "CHAINED_INVOKE"]),
  SubType: Printable.min(1).max(32).optional(),
  Action: z.enum(["START", "SUCCEED", "FAIL", "RETRY", "CANCEL"]),
  Payload: Payload.optional(),
  Error: ErrorShape.optional(),
  ContextOptions: z.object({ ReplayChildren: z.boolean().optional() }).optional(),
  StepOptions: z.object({ NextAttemptDelaySeconds: Delay.optional() }).optional(),
  WaitOptions: z.object({ WaitSeconds: Delay.optional() }).optional(),
  CallbackOptions: z.object({ TimeoutSeconds: CallbackTimeout, HeartbeatTimeoutSeconds: CallbackTimeout }).optional(),
  ChainedInvokeOptions: z
    .object({ FunctionName: z.string().min(1).max(256), TenantId: z.string().min(1).max(256).optional() })
    .optional(),
});
export type OperationUpdate = z.infer<typeof OperationUpdate>;

export const CheckpointRequest = z.object({
  CheckpointToken: z.string().min(1).max(2_048),
  ClientToken: z.string().min(1).max(64).optional(),
  Updates: z.array(OperationUpdate).optional(),
});
