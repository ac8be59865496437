import { z } from "zod";
import { type Call, NothingHappenedError } from "#compensation";
import { LonghaulError } from "#platform";

/** A counterparty did not answer, or answered that it is not well: whether anything happened is unknown. */
export class CounterpartyUnavailableError extends LonghaulError {
  override readonly retryable = true;
  constructor(service: string, what: string, options?: ErrorOptions) {
    super("COUNTERPARTY_UNAVAILABLE", `${service} could not be asked: ${what}.`, options);
  }
}

/** A counterparty's answer is not as agreed: whether anything happened is unknown, and asking again will not tell. */
export class CounterpartyAnswerError extends LonghaulError {
  constructor(service: string, problem: string) {
    super("COUNTERPARTY_ANSWER", `${service} answered otherwise than agreed: ${problem}.`);
  }
}

const DEADLINE_MS = 2_500;
/** Asked again at once, once, where it is safe: a read, or a request with a key. Longer pauses are the durable step's. */
const TRIES = 2;
/** These say that it was not dealt with now: conflict with itself under way, too early, too many. */
const PASSING = [408, 409, 423, 425, 429];

const Problem = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,60}$/), message: z.string().max(500) });

/** One small client for all counterparties: deadlines, safe retries, idempotency keys, and answers that are checked. */
export interface Counterparty {
  /** Asks for something to happen, under its key. @throws NothingHappenedError where it was refused */
  post<T extends z.ZodType>(
    path: string,
    request: { key: string; body: object; answer: T; call: Call },
  ): Promise<z.output<T>>;
  get<T extends z.ZodType>(path: string, request: { answer: T; call: Call }): Promise<z.output<T>>;
}

export function createCounterparty(baseUrl: string): Counterparty {
  const ask = async <T extends z.ZodType>(
    path: string,
    {
      answer,
      call,
      ...init
    }: { answer: T; call: Call; method: string; body?: string; headers?: Record<string, string> },
  ): Promise<z.output<T>> => {
    const service = path.split("/", 1)[0] ?? path;
    const response = await send(new URL(path, `${baseUrl}/`), { service, init, signal: call.signal });
    const text = await response.text().catch((cause: unknown) => {
      throw new CounterpartyUnavailableError(service, "the answer broke off", { cause });
    });
    const body = parseJson(text);
    if (response.ok) {
      const parsed = answer.safeParse(body);
      if (!parsed.success) throw new CounterpartyAnswerError(service, z.prettifyError(parsed.error));
      return parsed.data;
    }
    if (response.status >= 500 || PASSING.includes(response.status))
      throw new CounterpartyUnavailableError(service, `status ${response.status}`);
    const problem = Problem.safeParse(body).data;
    // A refusal is one in the counterparty's own words. Whatever else stands between may refuse after it has happened.
    if (!problem) throw new CounterpartyAnswerError(service, `status ${response.status} without a code`);
    throw new NothingHappenedError(problem.code, `${service}: ${problem.message}`);
  };

  return {
    post: (path, { key, body, answer, call }) =>
      ask(path, {
        answer,
        call,
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", "idempotency-key": key },
      }),
    get: (path, { answer, call }) => ask(path, { answer, call, method: "GET" }),
  };
}

async function send(
  url: URL,
  { service, init, signal }: { service: string; init: RequestInit; signal: AbortSignal },
): Promise<Response> {
  for (let tries = 1; ; tries++) {
    try {
      return await fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]) });
    } catch (cause) {
      const isLate = cause instanceof Error && cause.name === "TimeoutError";
      if (tries >= TRIES || isLate || signal.aborted)
        throw new CounterpartyUnavailableError(service, isLate ? `no answer in ${DEADLINE_MS} ms` : "no connection", {
          cause,
        });
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
