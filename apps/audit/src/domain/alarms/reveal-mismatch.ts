import type { Uuid } from '#kernel';
import type { FoundAlarm } from './alarm-rule.js';

export const REVEAL_MISMATCH = 'reveal-mismatch';

/** A reveal that opens no commitment which stands before it, or another event than was sealed. */
export const revealMismatch = (
  revealedBy: number,
  sealed: string,
  tenderId: Uuid | null,
  what: 'unknown-commitment' | 'other-event',
): FoundAlarm => ({
  rule: REVEAL_MISMATCH,
  severity: 'critical',
  tenderId,
  key: `${REVEAL_MISMATCH} ${revealedBy} ${sealed}`,
  evidence: { entries: [revealedBy], values: { what, sealed } },
});
