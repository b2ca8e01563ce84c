import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMs, dateFromMs, instantFromMs, instantToMs, isBefore, isInstant } from './instant.js';

const LAST = Date.parse('9999-12-31T23:59:59.999Z');
const ms = fc.integer({ min: 0, max: LAST });

describe('instants', () => {
  it('are read back from their text, and sort as text as they do in time', () => {
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        const [x, y] = [instantFromMs(a), instantFromMs(b)];
        expect(isInstant(x)).toBe(true);
        expect(instantToMs(x)).toBe(a);
        expect(isBefore(x, y)).toBe(a < b);
        expect(x < y).toBe(a < b);
        expect(dateFromMs(a).getTime()).toBe(a);
      }),
    );
  });

  it('move by milliseconds and days across months and leap years', () => {
    expect(addMs('2024-02-28T23:59:59.999Z', 1)).toBe('2024-02-29T00:00:00.000Z');
    expect(addDays('2024-02-28T10:00:00.000Z', 2)).toBe('2024-03-01T10:00:00.000Z');
    expect(addDays('2026-01-01T00:00:00.000Z', -1)).toBe('2025-12-31T00:00:00.000Z');
  });

  it.each([
    '',
    '2026-03-01',
    '2026-03-01T08:00:00Z',
    '2026-03-01T08:00:00.000',
    '2026-03-01T08:00:00.000+08:00',
    '2026-03-01 08:00:00.000Z',
    '2026-13-01T08:00:00.000Z',
    '2026-03-01T25:00:00.000Z',
    '2026-03-01T08:00:00.0000Z',
    '2026-03-01T08:00:00.000Z\n',
    '+022026-03-01T08:00:00.000Z',
    '2026-02-30T08:00:00.000Z',
    '2026-03-01T24:00:00.000Z',
  ])('are not %j', (text) => {
    expect(isInstant(text)).toBe(false);
    expect(() => instantToMs(text)).toThrow('not an instant');
  });
});
