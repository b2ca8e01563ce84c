import { DomainError, isDomainError } from '#kernel';
import type { RequestOf, ResponseOf, submitBid, withdrawBid } from '#contracts';
import type { Manifest, WithdrawManifest } from '#sealing';
import type { Call } from '#service';
import { type BidAct, requireAllEnvelopes, requireSuccession } from '../domain/bid-act.js';
import { begun } from '../domain/bid-progress.js';
import { requireOpen, type SealedTender } from '../domain/sealed-tender.js';
import { organisationOf } from './participate.js';
import { type ReadManifest, readManifest } from './read-manifest.js';
import type { VaultPorts } from './vault-ports.js';

type Receipt = ResponseOf<typeof submitBid>;

/**
 * Takes the commitment to a bid, first version or replacement: the signed manifests. Its bodies follow, and the proofs
 * of its deals are verified before the first of them is taken, so that a rush before the deadline waits for neither.
 */
export function commitBid(
  ports: VaultPorts,
  { tenderId, manifests }: RequestOf<typeof submitBid>,
  call: Call,
): Promise<Receipt> {
  return entered(ports, tenderId, call, async () => {
    const tender = await ports.vault.tender(tenderId);
    const read: ReadManifest<Manifest>[] = [];
    for (const jws of manifests) read.push(await readManifest<Manifest>(ports, tender, 'seal', jws, call));
    requireAllEnvelopes(
      tender.descriptor.envelopes,
      read.map(({ manifest }) => manifest),
    );
    return commit(ports, tender, 'seal', read, call);
  });
}

/** Takes a bid back. The withdrawn versions stay sealed for good. */
export function commitWithdrawal(
  ports: VaultPorts,
  { tenderId, manifest }: RequestOf<typeof withdrawBid>,
  call: Call,
): Promise<Receipt> {
  return entered(ports, tenderId, call, async () => {
    const tender = await ports.vault.tender(tenderId);
    const read = await readManifest<WithdrawManifest>(ports, tender, 'withdraw', manifest, call);
    return commit(ports, tender, 'withdraw', [read], call);
  });
}

/** The deciding transaction: in time by the database's clock, next in sequence; act, entry and promise together. */
function commit(
  { vault, signer }: VaultPorts,
  { tenderId }: SealedTender,
  kind: BidAct['kind'],
  read: readonly ReadManifest<Manifest | WithdrawManifest>[],
  call: Call,
): Promise<Receipt> {
  const organisationId = organisationOf(call);
  return vault.transact(call, async (tx) => {
    const tender = await tx.loadTender(tenderId, 'intake');
    const joined = await tx.lockParticipation(tenderId, organisationId);
    const receivedAt = await tx.clock();
    requireOpen(tender, receivedAt);
    if (!joined) throw new DomainError('participation.missing', 'Take part in the tender before you bid.');
    const last = await tx.lastAct(tenderId, organisationId);
    if (kind === 'withdraw' && last?.kind !== 'seal') {
      throw new DomainError('bid.unknown', 'There is no bid of yours to take back.');
    }
    const seq = requireSuccession(
      last,
      read.map(({ manifest }) => manifest),
    );
    const manifests = read.map(({ signed }) => signed);
    const named = manifests.map(({ envelopeId, sha256, age }) => ({ envelopeId, sha256, age }));
    const reveal = await tx.seal({
      type: kind === 'seal' ? 'bid-submitted' : 'bid-withdrawn',
      tenderId,
      actorId: call.actorId,
      data: { tid: tender.tid, organisationId, seq, receivedAt, manifests: named },
    });
    const promise = await signer.sign({
      v: 1,
      tid: tender.tid,
      manifestSha256: manifests.map(({ sha256 }) => sha256),
      sealed: reveal.sealed,
      receivedAt,
      ledgerOrigin: tender.descriptor.ledgerOrigin,
      promise: 'in a checkpoint within 10 s',
    });
    const { certificateSha256, organisationName } = bidderOf(read);
    const act: BidAct = {
      actId: vault.newId(),
      tenderId,
      organisationId,
      organisationName,
      certificateSha256,
      seq,
      kind,
      receivedAt,
      manifests,
      promise,
      reveal,
    };
    await tx.addAct(begun(act));
    return receiptOf(act);
  });
}

function bidderOf(read: readonly ReadManifest<Manifest | WithdrawManifest>[]) {
  const [{ manifest, organisationName }] = read as [ReadManifest<Manifest>];
  return { certificateSha256: manifest.bidderCertSha256, organisationName };
}

/** A refusal keeps nothing but its own entry. */
export async function entered<T>(
  ports: VaultPorts,
  tenderId: string,
  call: Call,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDomainError(error) && error.code !== 'tender.unknown') {
      const data = { code: error.code, organisationId: call.actor?.organisationId ?? null };
      await ports.vault.transact({ ...call, idempotencyKey: null }, async (tx) => {
        await tx.seal({ type: 'bid-refused', tenderId, actorId: call.actorId, data });
        return null;
      });
    }
    throw error;
  }
}

export function receiptOf({ actId, seq, kind, receivedAt, manifests, promise, reveal }: BidAct): Receipt {
  const manifestSha256 = manifests.map(({ sha256 }) => sha256);
  return { bidId: actId, seq, kind, receivedAt, manifestSha256, promise, reveal };
}
