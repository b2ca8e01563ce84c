const FIRST_MS = 50;
const LAST_MS = 5_000;

/** Milliseconds before the `attempt`-th repetition (from 0): 50, 100, 200 … 5,000. */
export const backOffMs = (attempt: number): number =>
  Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));

/** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/**
 * Repeats `work` with growing pauses until it succeeds (true) or the signal aborts (false). Every failure is
 * given to `onFailure`.
 */
export async function untilDone(
  work: () => Promise<void>,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await work();
      return true;
    } catch (error) {
      onFailure(error);
      await pause(backOffMs(attempt), signal);
    }
  }
  return false;
}
