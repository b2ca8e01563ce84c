import { isDomainError } from '#kernel';
import type { CloseRecord } from '#contracts';
import type { OpenEntry } from '#ledger';
import { type FinalBidsPart, joinFinalBids, type TenderDescriptor } from '#sealing';

/** The close record of a tender with the list that it names, as a verified ledger has them. */
export interface EnteredClose {
  readonly close: CloseRecord;
  /** Digests of all final manifests, ascending. */
  readonly manifests: readonly string[];
  /** Every entry of it says so while a demonstration clock runs. */
  readonly isDemonstration: boolean;
}

/**
 * Reads the open entries of one tender, of a ledger that was verified. Undefined where they have no close record.
 * Throws where there are two, where the numbers of bids and envelopes do not fit, and the refusals of `joinFinalBids`
 * for the parts of the list.
 */
export function readEnteredClose(
  entries: readonly OpenEntry[],
  envelopes: readonly string[],
): EnteredClose | undefined {
  const closes = entries.filter(({ type }) => type === 'vault.bids-closed');
  if (closes.length > 1) throw new Error('the ledger has two close records of this tender');
  const [entry] = closes;
  if (!entry) return undefined;
  const close = entry.data as unknown as CloseRecord;
  if (close.manifestCount !== close.count * envelopes.length) {
    throw new Error(`the close record counts ${close.count} bids and ${close.manifestCount} manifests`);
  }
  const parts = entries
    .filter(({ type }) => type === 'vault.bids-listed')
    .map(({ data }) => data as unknown as FinalBidsPart);
  return { close, manifests: joinFinalBids(close, parts), isDemonstration: entry.clockFactor !== undefined };
}

/** Undefined while the record, or a part of its list, is not in the ledger yet. */
export function enteredSoFar(
  entries: readonly OpenEntry[],
  { envelopes }: TenderDescriptor,
): EnteredClose | undefined {
  try {
    return readEnteredClose(entries, envelopes);
  } catch (error) {
    if (isDomainError(error) && error.code === 'final-bids.part-missing') return undefined;
    throw new Error(`${error instanceof Error ? error.message : String(error)}: refused`, { cause: error });
  }
}
