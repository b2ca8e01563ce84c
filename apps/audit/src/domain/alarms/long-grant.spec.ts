import { describe, expect, it } from '@jest/globals';
import { act, decide, PERSON } from '../../../test-support/watched-acts.js';
import { longGrant } from './long-grant.js';

const granted = (data: Record<string, string | string[]>) =>
  act('registration.account-created', '2026-01-01T00:00:00.000Z', {
    tenderId: null,
    data: { personId: PERSON, ...data },
  });

describe('a grant of power', () => {
  it('is unusual without an end', () => {
    expect(decide(longGrant, [granted({ roles: ['buyer'] })])).toMatchObject([
      {
        severity: 'critical',
        evidence: { values: { personId: PERSON, roles: ['buyer'], until: null, days: null } },
      },
    ]);
  });

  it('is unusual for longer than the setting says, and not for as long', () => {
    const settings = { alarmGrantDaysMax: 365 };
    expect(decide(longGrant, [granted({ grantedUntil: '2027-01-01T00:00:00.000Z' })], { settings })).toEqual(
      [],
    );
    expect(
      decide(longGrant, [granted({ grantedUntil: '2027-01-01T00:00:00.001Z' })], { settings }),
    ).toMatchObject([{ severity: 'warning', evidence: { values: { days: 366, daysMax: 365 } } }]);
  });

  it('is none where a bidder registered', () => {
    const grantedUntil = '2099-12-31T00:00:00.000Z';
    expect(decide(longGrant, [granted({ roles: ['bidder'], grantedUntil })])).toEqual([]);
    expect(decide(longGrant, [granted({ roles: ['bidder', 'buyer'], grantedUntil })])).toHaveLength(1);
  });

  it('is read under the name that a grant of its own carries', () => {
    expect(decide(longGrant, [granted({ until: '2026-06-01T00:00:00.000Z' })])).toEqual([]);
  });
});
