import { contentKey, DomainError } from '#kernel';
import type {
  getDescriptor,
  getOpeningProofs,
  getOpeningRecord,
  getOwnBid,
  readOpenedEnvelope,
  RequestOf,
  ResponseOf,
} from '#contracts';
import type { Call } from '#service';
import { statusOf } from '../domain/bid-progress.js';
import { envelopesLeftSealed, envelopesToOpen } from '../domain/opening.js';
import { organisationOf } from './participate.js';
import { receiptOf } from './receipt.js';
import type { VaultPorts } from './vault-ports.js';

type TenderRef = RequestOf<typeof getDescriptor>;

export async function descriptorOf(
  { vault, signer }: VaultPorts,
  { tenderId }: TenderRef,
): Promise<ResponseOf<typeof getDescriptor>> {
  const { tid, descriptor } = await vault.tender(tenderId);
  return { tid, descriptor: { ...descriptor }, platformCertificatePem: signer.certificatePem };
}

export async function ownBid(
  { vault }: VaultPorts,
  { tenderId }: TenderRef,
  call: Call,
): Promise<ResponseOf<typeof getOwnBid>> {
  const organisationId = organisationOf(call);
  const { scoresLocked } = await vault.tender(tenderId);
  const acts = await vault.progressOf(tenderId, organisationId);
  const stored = await vault.bodies(tenderId, organisationId);
  const joinedAt = (await vault.participation(tenderId, organisationId))?.joinedAt ?? null;
  const bids = scoresLocked ? await vault.finalBids(tenderId) : [];
  const alias = bids.find((bid) => bid.organisationId === organisationId)?.alias ?? null;
  return {
    joinedAt,
    status: statusOf(acts.at(-1)),
    alias,
    acts: acts.map(({ act, proofs, refusedCode, acceptedAt }) => ({
      ...receiptOf(act),
      proofs,
      refusedCode,
      acceptedAt,
      bodies: act.manifests.flatMap(({ envelopeId, age }) =>
        age === null ? [] : [{ envelopeId: envelopeId!, ...age, isStored: stored.has(age.sha256) }],
      ),
    })),
  };
}

export async function openingRecord(
  { vault }: VaultPorts,
  { tenderId }: TenderRef,
): Promise<ResponseOf<typeof getOpeningRecord>> {
  const tender = await vault.tender(tenderId);
  const bids = tender.scoresLocked ? await vault.finalBids(tenderId) : [];
  const openings = await vault.openings(tenderId);
  const isOver = tender.scoresLocked && tender.stage === 'ended';
  return {
    close: tender.close,
    openings: openings.map(({ envelopeId, openedAt, given, items }) => ({
      envelopeId,
      openedAt,
      trusteesPresent: given.map(({ trusteeIndex }) => trusteeIndex).sort((a, b) => a - b),
      quorum: tender.descriptor.k,
      items: items.map(({ parts: _parts, ...item }) => item),
    })),
    bidders: bids
      .map(({ alias, organisationId, organisationName: name, certificateSha256 }) => ({
        alias,
        organisationId,
        name,
        certificateSha256,
      }))
      .sort((a, b) => (a.alias < b.alias ? -1 : 1)),
    leftSealed: isOver ? envelopesLeftSealed(bids) : [],
    reveals: await vault.revealed(tenderId),
  };
}

/** Public once scores are locked: a manifest carries the bidder's certificate, and experts score without it. */
export async function openingProofs(
  { vault }: VaultPorts,
  { tenderId, envelopeId }: RequestOf<typeof getOpeningProofs>,
): Promise<ResponseOf<typeof getOpeningProofs>> {
  const { scoresLocked } = await vault.tender(tenderId);
  const opening = (await vault.openings(tenderId)).find((one) => one.envelopeId === envelopeId);
  if (!scoresLocked || !opening?.openedAt) {
    throw new DomainError(
      'opening.not-yet',
      'Proofs show once the envelopes are open and scores are locked.',
    );
  }
  const envelopes = envelopesToOpen(await vault.finalBids(tenderId), envelopeId);
  return {
    manifests: envelopes.map(({ alias, manifest }) => ({ alias, manifest: manifest.jws })),
    shares: opening.given.map(({ trusteeIndex, shares }) => ({ trusteeIndex, shares: shares as never })),
  };
}

export async function openedEnvelope(
  { vault }: VaultPorts,
  { tenderId, envelopeId, alias }: RequestOf<typeof readOpenedEnvelope>,
): Promise<ResponseOf<typeof readOpenedEnvelope>> {
  await vault.tender(tenderId);
  const opening = (await vault.openings(tenderId)).find((one) => one.envelopeId === envelopeId);
  if (!opening?.openedAt) throw new DomainError('opening.not-yet', 'These envelopes are not opened.');
  const item = opening.items.find((one) => one.alias === alias);
  if (!item) throw new DomainError('bid.unknown', 'No envelope was opened under this alias.');
  return {
    key: contentKey('envelopes', item.age.sha256),
    fileName: `${alias}.${envelopeId}.age`,
    mediaType: 'application/octet-stream',
  };
}
