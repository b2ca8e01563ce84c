/** A sweep that fails waits no longer than this, unless its own interval is longer: deadlines wait for it. */
export const PAUSE_MS_MAX = 5_000;

/** Milliseconds until the next run: the interval, doubled for each failure in a row up to {@link PAUSE_MS_MAX}. */
export function pauseAfter(failures: number, everyMs: number): number {
  const longest = Math.max(everyMs, PAUSE_MS_MAX);
  return Math.min(everyMs * 2 ** Math.min(failures, 30), longest);
}

/** Failures in a row that are worth a line in the log: the first, and whenever they have doubled. */
export const isTold = (failures: number): boolean => Number.isInteger(Math.log2(failures));
