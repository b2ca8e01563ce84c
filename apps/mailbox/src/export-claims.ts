import { fromUtf8, utf8 } from '#kernel';
import {
  encodeEntry,
  formatProofFile,
  type MailboxReceipt,
  openCheckpoint,
  type Reveal,
  TileReader,
  verifierFromKey,
} from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import type { ObjectStore } from '#storage';
import { LOG_PREFIX } from './mailbox-log.js';
import { RECEIVED_PREFIX } from './take-manifests.js';

/** What the platform is shown: the manifests, and the receipt that proves when they were handed in. */
export interface MailboxClaim {
  readonly manifests: readonly string[];
  readonly receipt: MailboxReceipt;
}

interface Received {
  readonly reveal: Reveal;
  readonly manifests: readonly string[];
}

/**
 * Everything that the mailbox received for a tender, in the order of its log, each with a proof under the checkpoint of
 * this moment. It only reads: the mailbox may go on beside it. What was kept and never entered was acknowledged to
 * nobody and is left out. Throws where the log is not what the key signed.
 */
export async function exportClaims(
  store: ObjectStore,
  verifierKey: string,
  tid: string,
): Promise<MailboxClaim[]> {
  const checkpoint = fromUtf8(await store.read(`${LOG_PREFIX}checkpoint`));
  const { size, root } = openCheckpoint(checkpoint, [verifierFromKey(verifierKey)]);
  const reader = new TileReader((path) => store.read(LOG_PREFIX + path), size, sha256);
  const indexOf = new Map<string, number>();
  for (const [index, entry] of (await reader.verifiedEntries(root)).entries()) {
    indexOf.set(fromUtf8(entry), index);
  }
  const found: (MailboxClaim & { readonly index: number })[] = [];
  for await (const { key } of store.list(RECEIVED_PREFIX)) {
    const { reveal, manifests } = JSON.parse(fromUtf8(await store.read(key))) as Received;
    const { at, data } = reveal.event as { at: string; data: { tid: string; manifestSha256: string[] } };
    const entry = fromUtf8(encodeEntry({ v: 1, sealed: reveal.sealed }));
    const index = indexOf.get(entry);
    if (data.tid !== tid || index === undefined) continue;
    const proof = formatProofFile({ index, proof: await reader.inclusionProof(index), checkpoint });
    const { manifestSha256 } = data;
    const receipt = { receivedAt: at, manifestSha256, reveal, entry, proof, verifierKey };
    found.push({ index, manifests, receipt });
  }
  return found
    .sort((one, other) => one.index - other.index)
    .map(({ manifests, receipt }) => ({ manifests, receipt }));
}

/** The file that `sunseal mailbox hand-over` takes. */
export const claimsFile = (tid: string, claims: readonly MailboxClaim[]): Uint8Array =>
  utf8(`${JSON.stringify({ v: 1, tid, claims }, null, 2)}\n`);
