import { contentKey, isDomainError, jcs, toHex } from '#kernel';
import { type Manifest, manifestDigest, requireUnaltered } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import type { ObjectStore } from '#storage';
import type { NamedManifest, SignedManifest } from '../../domain/bid-act.js';
import { type FinalBid, finalManifests } from '../../domain/close-bids.js';
import type { EnvelopeToOpen } from '../../domain/opening/envelopes-to-open.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { manifestOf } from '../intake/read-manifest.js';
import type { VaultPorts } from '../vault-ports.js';
import { readEnteredClose } from './read-entered-close.js';

/** Manifests that are read at once: what all bidders have signed is never held together. */
const READ_AT_ONCE = 100;

/**
 * Compares all that is kept of the envelopes with what the ledger says was received: the close record and its list,
 * the manifests in it, the bytes that each manifest names. The vault's own rows are not believed: whoever changed an
 * envelope may have changed them with it. Returns the manifests that differ or whose envelope is missing, none where
 * all is right. Throws `entry.unknown` while the close record is not whole in the ledger, `ledger.witness-quorum-missing`
 * while it is not under a checkpoint that the tender's witnesses cosigned, and whatever an engine that cannot be reached
 * throws: then nothing is known, and it is to be tried again.
 */
export async function findDiffering(
  ports: Pick<VaultPorts, 'store' | 'vault' | 'requests'>,
  tender: SealedTender,
  bids: readonly FinalBid[],
  envelopes: readonly EnvelopeToOpen[],
): Promise<string[]> {
  const entered = await readEnteredClose(ports, tender);
  const rows = finalManifests(bids);
  const listed = entered.manifests ?? rows;
  const kept = await keptAsSigned(ports, tender, bids);
  const differing = new Set(differences(listed, rows, kept));
  if (entered.manifests === null || jcs(entered.close) !== jcs(tender.close)) {
    return differing.size > 0 ? [...differing].sort() : [...listed];
  }
  for (const { manifest } of envelopes) {
    if (!differing.has(manifest.sha256) && !(await isStoredUnaltered(ports.store, manifest))) {
      differing.add(manifest.sha256);
    }
  }
  return [...differing].sort();
}

/** Digests of the manifests whose rows hold what was signed. */
async function keptAsSigned(
  { vault }: Pick<VaultPorts, 'vault'>,
  { tenderId }: SealedTender,
  bids: readonly FinalBid[],
): Promise<Set<string>> {
  const rows = bids.flatMap(({ manifests }) => manifests);
  const named = new Map<string, NamedManifest>(rows.map((row) => [row.sha256, row]));
  const kept = new Set<string>();
  for (let at = 0; at < rows.length; at += READ_AT_ONCE) {
    const wanted = rows.slice(at, at + READ_AT_ONCE).map(({ sha256 }) => sha256);
    for (const row of await vault.signedManifests(tenderId, wanted)) {
      if (isAsSigned(row, named.get(row.sha256)!)) kept.add(row.sha256);
    }
  }
  return kept;
}

/** Manifests that are listed and not kept as they were signed, and others that are kept and not listed. */
function differences(
  listed: readonly string[],
  rows: readonly string[],
  kept: ReadonlySet<string>,
): string[] {
  const isListed = new Set(listed);
  const missing = listed.filter((sha256) => !kept.has(sha256));
  const extra = rows.filter((sha256) => !isListed.has(sha256));
  return [...missing, ...extra];
}

function isAsSigned(row: SignedManifest, named: NamedManifest): boolean {
  try {
    const manifest: Manifest = manifestOf(row);
    return toHex(manifestDigest(manifest)) === row.sha256 && jcs(manifest.age) === jcs(named.age);
  } catch {
    return false;
  }
}

/** Whether the store holds the very file that the manifest names; it is read through. */
export async function isStoredUnaltered(store: ObjectStore, { age }: NamedManifest): Promise<boolean> {
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
