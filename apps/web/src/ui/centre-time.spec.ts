import { describe, expect, it } from '@jest/globals';
import { fromCentreTime, toCentreTime } from './centre-time.js';

describe('a date-time field', () => {
  it('shows and means the centre’s time, whatever zone the browser is in', () => {
    expect(toCentreTime('2026-12-20T20:30:00.000Z')).toBe('2026-12-21T04:30');
    expect(fromCentreTime('2026-12-21T04:30')).toBe('2026-12-20T20:30:00.000Z');
  });

  it('means nothing while it is empty or half filled in', () => {
    expect(fromCentreTime('')).toBeUndefined();
    expect(fromCentreTime('2026-12')).toBeUndefined();
  });
});
