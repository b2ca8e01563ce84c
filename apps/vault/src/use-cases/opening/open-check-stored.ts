import { contentKey, DomainError, isDomainError, jcs, toHex } from '#kernel';
import type { CloseRecord } from '#contracts';
import { decodeEntry, isSealedEntry, leafHash, TileReader, verifyInclusion } from '#ledger';
import { type Manifest, manifestDigest, requireUnaltered } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import type { ObjectStore } from '#storage';
import type { SignedManifest } from '../../domain/bid-act.js';
import type { FinalBid } from '../../domain/close-bids.js';
import type { EnvelopeToOpen } from '../../domain/opening/envelopes-to-open.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { manifestOf } from '../intake/read-manifest.js';
import { type LedgerAccess, openLedgerCheckpoint, witnessPolicyOf } from './open-ledger-checkpoint.js';

/**
 * Compares all that is kept of the envelopes with what the ledger says was received: the close record, the manifests
 * in it, the bytes that each manifest names. The vault's own rows are not believed: whoever changed an envelope may
 * have changed them with it. Returns the manifests that differ or whose envelope is missing, none where all is right.
 * Throws `entry.unknown` while the close record is not in the ledger, `ledger.witness-quorum-missing` while it is not
 * under a checkpoint that the tender's witnesses cosigned, and whatever an engine that cannot be reached throws: then
 * nothing is known, and it is to be tried again.
 */
export async function findDiffering(
  ledger: LedgerAccess,
  tender: SealedTender,
  bids: readonly FinalBid[],
  envelopes: readonly EnvelopeToOpen[],
): Promise<string[]> {
  const { store } = ledger;
  const entered = await enteredClose(ledger, tender);
  const rows = bids.flatMap(({ manifests }) => manifests);
  if (jcs(entered) !== jcs(tender.close)) return differences(entered.manifests, rows, true);
  const differing = new Set(differences(entered.manifests, rows, false));
  for (const { manifest } of envelopes) {
    if (!differing.has(manifest.sha256) && !(await isStoredUnaltered(store, manifest))) {
      differing.add(manifest.sha256);
    }
  }
  return [...differing].sort();
}

/** The one close record of this tender in the ledger: under its signed root, at its place. */
async function enteredClose(
  ledger: LedgerAccess,
  { tenderId, descriptor, close }: SealedTender,
): Promise<CloseRecord> {
  const readFile = (path: string) => ledger.store.read(`ledger/${path}`);
  const { size, root } = await openLedgerCheckpoint(ledger, descriptor);
  const reader = new TileReader(readFile, size);
  // The record says how far the ledger was when it was made; if that was changed too, all of it is searched.
  for (const from of new Set([close!.ledgerSize, 0])) {
    for (let index = from; index < size; index++) {
      const bytes = await reader.entry(index);
      const entry = decodeEntry(bytes);
      if (isSealedEntry(entry) || entry.type !== 'vault.bids-closed' || entry.tender !== tenderId) continue;
      const proof = await reader.inclusionProof(index);
      verifyInclusion({ index, size, leafHash: leafHash(bytes), proof, root });
      return entry.data as unknown as CloseRecord;
    }
  }
  const isWitnessed = witnessPolicyOf(descriptor) !== undefined;
  throw new DomainError(
    isWitnessed ? 'ledger.witness-quorum-missing' : 'entry.unknown',
    `The close record is not in the ledger${isWitnessed ? ' that witnesses cosigned' : ''} yet; it will be looked for again.`,
  );
}

/** Manifests that are listed and not kept as they were signed, and others that are kept and not listed. */
function differences(listed: readonly string[], rows: readonly SignedManifest[], isAll: boolean): string[] {
  const kept = new Set(rows.filter(isAsSigned).map(({ sha256 }) => sha256));
  const missing = listed.filter((sha256) => !kept.has(sha256));
  const extra = rows.map(({ sha256 }) => sha256).filter((sha256) => !listed.includes(sha256));
  const differing = [...new Set([...missing, ...extra])].sort();
  return isAll && differing.length === 0 ? [...listed] : differing;
}

function isAsSigned(row: SignedManifest): boolean {
  try {
    const manifest: Manifest = manifestOf(row);
    return toHex(manifestDigest(manifest)) === row.sha256 && jcs(manifest.age) === jcs(row.age);
  } catch {
    return false;
  }
}

/** Whether the store holds the very file that the manifest names; it is read through. */
export async function isStoredUnaltered(store: ObjectStore, { age }: SignedManifest): Promise<boolean> {
  try {
    const { body } = await store.get(contentKey('envelopes', age!.sha256));
    await requireUnaltered(body, age!, nodeAgeEngine);
    return true;
  } catch (error) {
    if (isDomainError(error) && (error.code === 'envelope.altered' || error.code === 'object.not-found'))
      return false;
    throw error;
  }
}
