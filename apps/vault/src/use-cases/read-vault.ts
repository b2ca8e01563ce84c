import type { getDescriptor, getOwnBid, RequestOf, ResponseOf, signExport } from '#contracts';
import type { Call } from '#service';
import { statusOf } from '../domain/bid-progress.js';
import { organisationOf } from './intake/participate.js';
import { receiptOf } from './intake/receipt.js';
import type { VaultPorts } from './vault-ports.js';

type TenderRef = RequestOf<typeof getDescriptor>;

export async function descriptorOf(
  { vault, signer }: VaultPorts,
  { tenderId }: TenderRef,
): Promise<ResponseOf<typeof getDescriptor>> {
  const { tid, descriptor } = await vault.tender(tenderId);
  return { tid, descriptor: { ...descriptor }, platformCertificatePem: signer.certificatePem };
}

/** Signs what supervision says of a file; for other services alone, and nothing but such a statement. */
export async function signedExport(
  { signer }: Pick<VaultPorts, 'signer'>,
  { statement }: RequestOf<typeof signExport>,
): Promise<ResponseOf<typeof signExport>> {
  return {
    signature: await signer.signExport(statement),
    platformCertificatePem: signer.certificatePem,
  };
}

export async function ownBid(
  { vault, openings }: VaultPorts,
  { tenderId }: TenderRef,
  call: Call,
): Promise<ResponseOf<typeof getOwnBid>> {
  const organisationId = organisationOf(call);
  const { scoresLocked } = await vault.tender(tenderId);
  const acts = await vault.progressOf(tenderId, organisationId);
  const stored = await vault.bodies(tenderId, organisationId);
  const joinedAt = (await vault.participation(tenderId, organisationId))?.joinedAt ?? null;
  const bids = await vault.finalBids(tenderId);
  const bid = bids.find((one) => one.organisationId === organisationId);
  const bidderKeys = (await openings.list(tenderId)).flatMap(({ envelopeId, keys }) => {
    const isAwaited = bid && (envelopeId === 'technical' || bid.isPassed === true);
    if (!keys || !isAwaited) return [];
    return [{ envelopeId, until: keys.until, isReleased: keys.released.includes(bid.alias) }];
  });
  return {
    joinedAt,
    status: statusOf(acts.at(-1)),
    alias: scoresLocked ? (bid?.alias ?? null) : null,
    bidderKeys,
    acts: acts.map(({ act, proofs, refusedCode, acceptedAt }) => ({
      ...receiptOf(act),
      receivedBy: act.mailbox ? ('mailbox' as const) : ('platform' as const),
      proofs,
      refusedCode,
      acceptedAt,
      bodies: act.manifests.flatMap(({ envelopeId, age }) =>
        age === null ? [] : [{ envelopeId: envelopeId!, ...age, isStored: stored.has(age.sha256) }],
      ),
    })),
  };
}
