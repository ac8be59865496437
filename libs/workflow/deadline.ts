import { DeadlineExceededError } from "./errors.ts";

/**
 * Ends `work` after `deadlineMs` milliseconds: its signal is aborted, and what it had begun has an unknown outcome.
 * @throws DeadlineExceededError
 */
export async function withDeadline<T>(
  name: string,
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new DeadlineExceededError(name, deadlineMs);
      reject(error);
      controller.abort(error);
    }, deadlineMs);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
