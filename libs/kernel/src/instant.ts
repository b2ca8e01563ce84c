import { invariant } from './invariant.js';

/** A point in time: UTC, millisecond precision, always `YYYY-MM-DDTHH:mm:ss.sssZ`. Sorts as text. */
export type Instant = string;

const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** True for the one spelling of a moment that exists: neither 30 February nor 24:00, which Date would move on. */
export function isInstant(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  const unixMs = Date.parse(text);
  return !Number.isNaN(unixMs) && instantFromMs(unixMs) === text;
}

export function instantFromMs(unixMs: number): Instant {
  return new Date(unixMs).toISOString();
}

export function instantToMs(instant: Instant): number {
  invariant(isInstant(instant), `not an instant: ${instant}`);
  return Date.parse(instant);
}

export const addMs = (instant: Instant, ms: number): Instant => instantFromMs(instantToMs(instant) + ms);
export const addDays = (instant: Instant, days: number): Instant => addMs(instant, days * 86_400_000);
export const isBefore = (a: Instant, b: Instant): boolean => instantToMs(a) < instantToMs(b);

/** For libraries that want a Date: of a given time, never of now. */
export const dateFromMs = (unixMs: number): Date => new Date(unixMs);
