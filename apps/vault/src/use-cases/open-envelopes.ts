import { jcsBytes } from '#kernel';
import { createHash } from 'node:crypto';
import type { getOpeningWork, RequestOf, ResponseOf, submitShares } from '#contracts';
import { combineShares, type Share, verifyShare } from '#sealing';
import type { Call } from '#service';
import {
  type EnvelopeToOpen,
  envelopesToOpen,
  giveShares,
  type OpenedItem,
  type Opening,
  requireAllShares,
} from '../domain/opening.js';
import { requireOpenable, requireTrustee, type SealedTender } from '../domain/sealed-tender.js';
import { openOne } from './open-one-envelope.js';
import { manifestOf } from './read-manifest.js';
import type { VaultPorts } from './vault-ports.js';
import type { VaultTransaction } from './vault.port.js';

/** SHA-256 of the close record in canonical form: shares are bound to it. */
export const closeDigest = (tender: SealedTender): string =>
  createHash('sha256').update(jcsBytes(tender.close)).digest('hex');

export async function openingWork(
  { vault }: VaultPorts,
  { tenderId, envelopeId }: RequestOf<typeof getOpeningWork>,
  call: Call,
): Promise<ResponseOf<typeof getOpeningWork>> {
  const tender = await vault.tender(tenderId);
  const trusteeIndex = requireTrustee(tender, call.actor!.personId);
  const close = requireOpenable(tender, envelopeId);
  const envelopes = envelopesToOpen(await vault.finalBids(tenderId), envelopeId);
  return { trusteeIndex, close, manifests: envelopes.map(({ manifest }) => manifest.jws) };
}

/** Takes one trustee's shares; those of the last one that the quorum needs open every envelope of the kind. */
export async function takeShares(
  ports: VaultPorts,
  { tenderId, envelopeId, shares }: RequestOf<typeof submitShares>,
  call: Call,
): Promise<ResponseOf<typeof submitShares>> {
  const tender = await ports.vault.tender(tenderId);
  const trusteeIndex = requireTrustee(tender, call.actor!.personId);
  requireOpenable(tender, envelopeId);
  const envelopes = envelopesToOpen(await ports.vault.finalBids(tenderId), envelopeId);
  const given = requireAllShares(envelopes, shares as unknown as { manifestSha256: string; share: Share }[]);
  for (const { manifest } of envelopes) {
    verifyShare({
      descriptor: tender.descriptor,
      manifest: manifestOf(manifest),
      closeEntrySha256: closeDigest(tender),
      share: requireOwnShare(given[manifest.sha256]!, trusteeIndex),
    });
  }
  return ports.vault.transact(call, async (tx) => {
    const opening = giveShares(await tx.loadOpening(tenderId, envelopeId), trusteeIndex, given);
    const present = opening.given.length;
    const quorum = tender.descriptor.k;
    const sharesSha256 = createHash('sha256').update(jcsBytes(given)).digest('hex');
    await tx.tell(tenderId, {
      type: 'shares-given',
      data: { envelopeId, trusteeIndex, present, sharesSha256 },
    });
    const isOpened = present >= quorum;
    await tx.saveOpening(isOpened ? await openAll(ports, tx, tender, opening, envelopes) : opening);
    return { present, quorum, isOpened };
  });
}

function requireOwnShare(share: Share, trusteeIndex: number): Share {
  return { ...share, i: trusteeIndex };
}

async function openAll(
  ports: VaultPorts,
  tx: VaultTransaction,
  tender: SealedTender,
  opening: Opening,
  envelopes: readonly EnvelopeToOpen[],
): Promise<Opening> {
  const { descriptor, tenderId } = tender;
  const items: OpenedItem[] = [];
  for (const { alias, manifest } of envelopes) {
    const identity = combineShares({
      descriptor,
      manifest: manifestOf(manifest),
      closeEntrySha256: closeDigest(tender),
      shares: opening.given.map(({ trusteeIndex, shares }) =>
        requireOwnShare(shares[manifest.sha256]!, trusteeIndex),
      ),
    });
    items.push(await openOne(ports.store, alias, manifest, identity));
  }
  items.sort((a, b) => (a.alias < b.alias ? -1 : 1));
  await tx.tell(tenderId, { type: 'envelopes-opened', data: { envelopeId: opening.envelopeId, items } });
  return { ...opening, openedAt: await tx.clock(), items };
}
