/** Promises that are at the authority at once. */
export const STAMPS_AT_ONCE = 4;
/** For one exchange with the authority, connecting and reading included. */
export const STAMP_TIMEOUT_MS = 10_000;
/** How long a promise belongs to the process that took it: more than an exchange takes. */
export const STAMP_LEASE_MS = 30_000;

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/** How long an authority is left alone after so many failures one after the other: 1 s, 2 s, 4 s … 5 min. */
export function backOffMs(failures: number): number {
  return failures <= 0 ? 0 : Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS);
}
