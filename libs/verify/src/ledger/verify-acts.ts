import {
  checkCompleteness,
  type Completeness,
  collectReveals,
  findConflictingActs,
  findUnprovedNumbers,
  type VerifiedLog,
} from '#ledger';
import { asFault, LedgerFault } from './ledger-fault.js';

export interface VerifiedActs {
  /** Commitments that the log itself opens. */
  readonly revealed: number;
  /** Numbers that are missing and may be sealed acts. */
  readonly unproven: Completeness['missing'];
}

/**
 * Every reveal opens what was committed, and its number where that was committed to; no producer's act is
 * provably missing, and no two stand under one number.
 */
export async function verifyActs({ entries }: VerifiedLog): Promise<VerifiedActs> {
  const reveals = await asFault('checkpoint', () => collectReveals(entries));
  const { missing, provablyIncomplete } = checkCompleteness(entries, reveals);
  if (provablyIncomplete) {
    const { producer, from, to } = missing[0]!;
    throw new LedgerFault(
      'checkpoint',
      `acts ${from} to ${to} of ${producer} are missing`,
      'ledger.incomplete',
    );
  }
  const [conflict] = findConflictingActs(entries, reveals);
  if (conflict) {
    const { producer, seq } = conflict;
    throw new LedgerFault(
      'checkpoint',
      `two acts of ${producer} have the number ${seq}`,
      'ledger.acts-conflict',
    );
  }
  const [unproved] = findUnprovedNumbers(entries, reveals);
  if (unproved) {
    const { index, revealedBy } = unproved;
    throw new LedgerFault(
      'checkpoint',
      `entry ${revealedBy} shows the act of entry ${index} without its number`,
      'ledger.number-unproved',
    );
  }
  return { revealed: reveals.length, unproven: missing };
}
