import { z } from "zod";
import type { Undone } from "#compensation";
import { LonghaulError } from "#platform";

/** A partner did not answer as agreed: whether anything happened is unknown, and its key lets it be asked again. */
export class PartnerUnavailableError extends LonghaulError {
  override readonly retryable = true;
  constructor(what: string, problem: string, options?: ErrorOptions) {
    super("PARTNER_UNAVAILABLE", `The partner for ${what} could not be asked: ${problem}.`, options);
  }
}

const DEADLINE_MS = 5_000;
const Ordered = z.object({ id: z.string() });
const TakenBack = z.object({ found: z.boolean() });

interface Order {
  key: string;
  employee: string;
  equipment: string;
  signal: AbortSignal;
}

/** E-signature, background check, accounts, equipment, carrier and building, behind one address. */
export function createPartners(baseUrl: string) {
  const post = async <T extends z.ZodType>(
    path: string,
    { key, signal, answer, ...body }: { key: string; signal: AbortSignal; answer: T; [more: string]: unknown },
  ): Promise<z.output<T>> => {
    const response = await fetch(new URL(path, `${baseUrl}/`), {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    }).catch((cause: unknown) => {
      throw new PartnerUnavailableError(path, "no answer", { cause });
    });
    const parsed = answer.safeParse(await response.json().catch(() => undefined));
    if (!response.ok || !parsed.success) throw new PartnerUnavailableError(path, `status ${response.status}`);
    return parsed.data;
  };

  return {
    order: (what: string, order: Order) => post(`orders/${what}`, { ...order, answer: Ordered }),
    async takeBack(what: string, undo: { key: string; actionKey: string; signal: AbortSignal }): Promise<Undone> {
      const { found } = await post(`undo/${what}`, { ...undo, answer: TakenBack });
      return found ? "undone" : "nothing-to-undo";
    },
    async ask(what: string, order: Order & { url: string }): Promise<void> {
      await post(`asks/${what}`, { ...order, answer: z.object({}) });
    },
    async remind(what: string, reminder: { key: string; employee: string; signal: AbortSignal }): Promise<void> {
      await post(`reminders/${what}`, { ...reminder, answer: z.object({}) });
    },
  };
}
