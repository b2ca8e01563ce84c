import { describe, expect, it } from '@jest/globals';
import type { Actor } from './messages/envelope.js';
import { scopeOf } from './region-scope.js';

const actor: Actor = {
  personId: '0198a000-0000-7000-8000-000000000001',
  roles: ['supervisor', 'buyer', 'trustee'],
  organisationId: null,
  limits: [
    { role: 'supervisor', regionCode: '630121' },
    { role: 'supervisor', regionCode: '630123' },
    { role: 'registrar', regionCode: '630102' },
  ],
};

describe('the scope of a role', () => {
  it('is the regions that it was granted for, each role by itself', () => {
    expect(scopeOf(actor, 'supervisor')).toEqual(['630121', '630123']);
    expect(scopeOf(actor, 'buyer')).toBeNull();
    expect(scopeOf({ ...actor, limits: undefined }, 'supervisor')).toBeNull();
  });

  it('is nothing for a role that is not held', () => {
    expect(scopeOf(actor, 'registrar')).toEqual([]);
    expect(scopeOf(null, 'supervisor')).toEqual([]);
  });
});
