import type { BidBill, Correct } from '#evaluation';
import type { BoqFinding, BoqFindingCode } from './boq-finding.js';
import type { Boq } from './boq-line.js';
import { correctedTotals } from './corrected-totals.js';

/** What makes a priced bill another one than the buyer's. */
const DIFFERS: ReadonlySet<BoqFindingCode> = new Set([
  'line.missing',
  'line.extra',
  'line.duplicate',
  'unit.changed',
  'quantity.changed',
]);

/**
 * What a priced bill comes to for the engine, under a `correct` stage that governs. A bill that is not the buyer's, by its
 * lines, units or quantities, has no total (`items-differ`), whether the method repeats the buyer's quantities or not.
 */
export function billOf(bidder: Boq, findings: readonly BoqFinding[], rule: Correct): BidBill {
  const { corrected, reason } = correctedTotals(bidder, rule);
  if (reason !== null) return { corrected: null, reason };
  if (findings.some(({ code }) => DIFFERS.has(code))) return { corrected: null, reason: 'items-differ' };
  return { corrected, reason: null };
}
