/** The centre's clocks are eight hours ahead of UTC the whole year. */
const AHEAD_MS = 8 * 3_600_000;

/** What a native date-time field holds, for an instant: the centre's time to the minute. */
export const toCentreTime = (instant: string): string =>
  new Date(Date.parse(instant) + AHEAD_MS).toISOString().slice(0, 16);

/** The instant that a native date-time field means; undefined where it holds none. */
export function fromCentreTime(field: string): string | undefined {
  const ms = Date.parse(`${field}:00.000Z`) - AHEAD_MS;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
