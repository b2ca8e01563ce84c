import { describe, expect, it } from '@jest/globals';
import { grantStaff, limitsInForce, requireStrongPassword, rolesInForce } from './grant.js';
import { register, review } from './organisation.js';

const NOW = '2026-11-24T08:00:00.000Z';
const LATER = '2027-11-24T08:00:00.000Z';
const CITY = '630100';
const everywhere = { regionCode: undefined, centre: CITY };

const submitted = (creditCode = '91350100M000100Y43') =>
  register({
    organisationId: '0198a000-0000-7000-8000-000000000001',
    creditCode,
    name: 'Company',
    legalRepresentative: 'Person',
    qualifications: [],
    registeredAt: NOW,
  });

describe('an organisation', () => {
  it('registers with a valid credit code and waits for review', () => {
    expect(submitted().status).toBe('submitted');
  });

  it('is refused with a wrong check character', () => {
    expect(() => submitted('91350100M000100Y44')).toThrow(
      expect.objectContaining({ code: 'credit-code.invalid' }),
    );
  });

  it('is reviewed once, with the reason kept', () => {
    const refused = review(submitted(), 'refuse', 'no licence');
    expect(refused).toMatchObject({ status: 'refused', reason: 'no licence' });
    expect(() => review(refused, 'approve', 'second thoughts')).toThrow(
      expect.objectContaining({ code: 'organisation.already-reviewed' }),
    );
  });
});

describe('a grant', () => {
  it('ends, and is in force until the very instant of its end', () => {
    const grants = grantStaff(['buyer', 'buyer', 'expert'], LATER, NOW, everywhere);
    expect(grants).toHaveLength(2);
    expect(rolesInForce(grants, NOW)).toEqual(['buyer', 'expert']);
    expect(rolesInForce(grants, LATER)).toEqual([]);
  });

  it('without an end in the future is refused, and so is a bidder’s role', () => {
    expect(() => grantStaff(['buyer'], NOW, NOW, everywhere)).toThrow(
      expect.objectContaining({ code: 'grant.without-end' }),
    );
    expect(() => grantStaff(['bidder'], LATER, NOW, everywhere)).toThrow(
      expect.objectContaining({ code: 'role.not-grantable' }),
    );
  });
});

describe('the region of a grant', () => {
  const grant = (regionCode: string | undefined, ...roles: Parameters<typeof grantStaff>[0][number][]) =>
    grantStaff(roles, LATER, NOW, { regionCode, centre: CITY });

  it('limits buyers, registrars and supervisors, and nobody else', () => {
    const grants = grant('630121', 'buyer', 'registrar', 'supervisor', 'trustee', 'expert', 'administrator');
    expect(limitsInForce(grants, NOW)).toEqual(
      ['buyer', 'registrar', 'supervisor'].map((role) => ({ role, regionCode: '630121' })),
    );
    expect(limitsInForce(grants, LATER)).toEqual([]);
    expect(limitsInForce(grant(undefined, 'supervisor'), NOW)).toEqual([]);
  });

  it('adds up, and is none where the role is also held without one', () => {
    const both = [...grant('630121', 'supervisor'), ...grant('630123100', 'supervisor')];
    expect(limitsInForce(both, NOW).map(({ regionCode }) => regionCode)).toEqual(['630121', '630123100']);
    expect(limitsInForce([...both, ...grant(undefined, 'supervisor')], NOW)).toEqual([]);
  });

  it.each(['630000', '630200', '640100', '630121000', '999999'])(
    'is not %s, which %s does not hold',
    (code) => {
      expect(() => grant(code, 'supervisor')).toThrow(expect.objectContaining({ code: 'region.not-served' }));
    },
  );
});

describe('a password', () => {
  it('is long and does not contain its login', () => {
    expect(() => requireStrongPassword('correct horse', 'anna')).not.toThrow();
    for (const weak of ['short', 'xxAnnaxxxxxx']) {
      expect(() => requireStrongPassword(weak, 'anna')).toThrow(
        expect.objectContaining({ code: 'password.too-weak' }),
      );
    }
  });
});
