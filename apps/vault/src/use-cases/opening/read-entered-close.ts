import { DomainError, isDomainError } from '#kernel';
import type { CloseRecord } from '#contracts';
import { decodeEntry, isSealedEntry, leafHash, TileReader, verifyInclusion } from '#ledger';
import { type FinalBidsPart, joinFinalBids } from '#sealing';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { type LedgerAccess, openLedgerCheckpoint, witnessPolicyOf } from './open-ledger-checkpoint.js';

/** The close record of a tender as the ledger has it. */
export interface EnteredClose {
  readonly close: CloseRecord;
  /** The list that it names; null where the parts that were entered are not that list. */
  readonly manifests: readonly string[] | null;
}

/**
 * The close record and its list, from the ledger: under its signed root, each entry at its place. Throws
 * `entry.unknown` while the record or a part of its list is not in the ledger, `ledger.witness-quorum-missing` while it
 * is not under a checkpoint that the tender's witnesses cosigned, and whatever a store that cannot be reached throws.
 */
export async function readEnteredClose(
  ledger: LedgerAccess,
  { tenderId, descriptor, close }: SealedTender,
): Promise<EnteredClose> {
  const readFile = (path: string) => ledger.store.read(`ledger/${path}`);
  const { size, root } = await openLedgerCheckpoint(ledger, descriptor);
  const reader = new TileReader(readFile, size);
  let entered: CloseRecord | undefined;
  const parts: FinalBidsPart[] = [];
  for (const index of placesFrom(close!.ledgerSize, size)) {
    const bytes = await reader.entry(index);
    const entry = decodeEntry(bytes);
    if (isSealedEntry(entry) || entry.tender !== tenderId) continue;
    if (entry.type === 'vault.bids-closed') entered ??= entry.data as unknown as CloseRecord;
    else if (entry.type === 'vault.bids-listed') parts.push(entry.data as unknown as FinalBidsPart);
    else continue;
    const proof = await reader.inclusionProof(index);
    verifyInclusion({ index, size, leafHash: leafHash(bytes), proof, root });
    const manifests = entered && listOf(entered, parts);
    if (entered && manifests !== undefined) return { close: entered, manifests };
  }
  const isWitnessed = witnessPolicyOf(descriptor) !== undefined;
  throw new DomainError(
    isWitnessed ? 'ledger.witness-quorum-missing' : 'entry.unknown',
    `The close record is not whole in the ledger${isWitnessed ? ' that witnesses cosigned' : ''} yet; it will be looked for again.`,
  );
}

/** The record says how far the ledger was when it was made; what is before is read last, in case that was changed. */
function* placesFrom(start: number, size: number): Generator<number> {
  for (let index = start; index < size; index++) yield index;
  for (let index = 0; index < Math.min(start, size); index++) yield index;
}

/** Undefined while parts of it are missing. */
function listOf(close: CloseRecord, parts: readonly FinalBidsPart[]): string[] | null | undefined {
  try {
    return joinFinalBids(close, parts);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return error.code === 'final-bids.part-missing' ? undefined : null;
  }
}
