import { describe, expect, it } from '@jest/globals';
import type { Actor, Role } from '#contracts';
import { requireScope, requireServed } from './require-region.js';

const actor = (role: Role, ...regions: string[]): Actor => ({
  personId: '0198a000-0000-7000-8000-000000000001',
  roles: [role],
  organisationId: null,
  limits: regions.map((regionCode) => ({ role, regionCode })),
});
const codeOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the region of a tender', () => {
  it.each([
    ['630100', undefined],
    ['630121', undefined],
    ['630121100', undefined],
    ['630200', 'region.not-served'],
    ['630000', 'region.not-served'],
    ['630121000', 'region.not-served'],
  ])('%s in a centre of 630100: %p', (regionCode, code) => {
    expect(codeOf(() => requireServed(regionCode, '630100'))).toBe(code);
  });

  it.each([
    [['630121'], '630121', undefined],
    [['630121'], '630121100', undefined],
    [['630121'], '630100', 'region.out-of-scope'],
    [['630121'], '630123', 'region.out-of-scope'],
    [['630121', '630123'], '630123', undefined],
    [[], '630200', undefined],
  ])('a buyer of %p in %s: %p', (regions, regionCode, code) => {
    expect(codeOf(() => requireScope(actor('buyer', ...regions), 'buyer', regionCode))).toBe(code);
  });

  it('is in nobody’s scope who does not hold the role', () => {
    expect(codeOf(() => requireScope(actor('buyer'), 'supervisor', '630100'))).toBe('region.out-of-scope');
    expect(codeOf(() => requireScope(null, 'supervisor', '630100'))).toBe('region.out-of-scope');
  });
});
