import { describe, expect, it } from '@jest/globals';
import { act, decide } from '../../../test-support/watched-acts.js';
import { ledgerFault } from './ledger-fault.js';
import { ALARM_RULES } from './rules.js';

const AT = '2026-12-14T08:00:00.000Z';

describe('faults that are entered', () => {
  it('raise an alarm each, as grave as they are', () => {
    const halted = act('vault.opening-halted', AT);
    const share = act('vault.share-refused', AT, { data: { code: 'share.invalid' } });
    expect(decide(ledgerFault, [halted, share, act('vault.bids-closed', AT)])).toMatchObject([
      { severity: 'critical', evidence: { entries: [halted.index] } },
      { severity: 'warning', evidence: { entries: [share.index], values: { code: 'share.invalid' } } },
    ]);
  });
});

describe('the rules', () => {
  it('have names of their own and a window where they are about one', () => {
    expect(new Set(ALARM_RULES.map(({ name }) => name)).size).toBe(ALARM_RULES.length);
    for (const { scope, windowMinutes } of ALARM_RULES)
      expect(windowMinutes !== undefined).toBe(scope === 'person');
  });
});
