import type { AlarmSeverity } from '#contracts';
import type { AlarmRule, Scene } from './alarm-rule.js';

/** Acts that tell of a fault by themselves. */
const FAULTS: ReadonlyMap<string, AlarmSeverity> = new Map([
  ['audit.witness-quorum-missing', 'warning'],
  ['vault.opening-halted', 'critical'],
  ['vault.opening-failed', 'critical'],
  ['vault.quorum-failed', 'warning'],
  ['vault.share-refused', 'warning'],
]);

/** What services and the ledger themselves tell of as a fault. */
export const ledgerFault: AlarmRule = {
  name: 'ledger-fault',
  scope: 'act',
  reads: [...FAULTS.keys()],
  decide: ({ acts }: Scene) =>
    acts.flatMap(({ index, type, at, tenderId, data }) => {
      const severity = FAULTS.get(type);
      if (severity === undefined) return [];
      const code = typeof data['code'] === 'string' ? data['code'] : null;
      const values = { type, at, code };
      return [
        {
          rule: ledgerFault.name,
          severity,
          tenderId,
          key: `${ledgerFault.name} ${index}`,
          evidence: { entries: [index], values },
        },
      ];
    }),
};
