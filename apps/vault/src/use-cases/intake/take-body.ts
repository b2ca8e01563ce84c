import { contentKey, DomainError, type Instant, isBefore } from '#kernel';
import type { acceptBody, authoriseUpload, RequestOf, ResponseOf } from '#contracts';
import type { Call } from '#service';
import { bodiesMissing, type BidProgress, committedTo } from '../../domain/bid-progress.js';
import { sealedUntil } from '../../domain/retention.js';
import { bodiesUntil, requireOpenForBodies, type SealedTender } from '../../domain/sealed-tender.js';
import { organisationOf } from './participate.js';
import { retainEnvelope } from '../keeping/retain-envelope.js';
import type { VaultPorts } from '../vault-ports.js';
import type { VaultTransaction } from '../vault.port.js';
import { verifyProofs } from './verify-proofs.js';

type Body = RequestOf<typeof authoriseUpload>;

/**
 * Bodies are taken from those who committed to them, once the proofs of their deals hold and while there is time.
 * They wait apart, under their hash, until the whole is there.
 */
export async function authoriseBody(
  ports: VaultPorts,
  body: Body,
  call: Call,
): Promise<ResponseOf<typeof authoriseUpload>> {
  const { tender, progress } = await committed(ports, body, call);
  const stored = await ports.vault.bodies(body.tenderId, progress.act.organisationId);
  if (stored.has(body.sha256)) return { key: contentKey('envelopes', body.sha256), isStored: true };
  requireOpenForBodies(tender, await ports.vault.now(), progress.act);
  await verifyProofs(ports, tender, progress, call);
  return { key: contentKey('quarantine', body.sha256), isStored: false };
}

/**
 * A whole body lies in quarantine, its hash and size checked as it came. It is kept where envelopes are kept and
 * counted, if there is still time by the database's clock; with the last of an act's bodies the bid is accepted.
 * Throws `envelope.being-kept` where the store takes long over it: asked again, it goes on.
 */
export async function takeBody(
  ports: VaultPorts,
  body: Body,
  call: Call,
): Promise<ResponseOf<typeof acceptBody>> {
  const { tender, progress } = await committed(ports, body, call);
  const { organisationId } = progress.act;
  requireOpenForBodies(tender, await ports.vault.now(), progress.act);
  if (progress.proofs !== 'verified') throw notCommitted(body);
  // Also what is kept and then refused is removed after a while.
  await ports.waiting.touch(['quarantine', 'envelopes'].map((prefix) => contentKey(prefix, body.sha256)));
  await ports.keeper.keep(body);
  const storedAt = await ports.vault.transact({ ...call, idempotencyKey: null }, async (tx) => {
    const current = await tx.loadTender(body.tenderId, 'intake');
    await tx.lockParticipation(body.tenderId, organisationId);
    const now = await tx.clock();
    requireOpenForBodies(current, now, progress.act);
    const at = await tx.addBody(body, organisationId, now);
    if (at === now) await enterKept(tx, body, organisationId, call);
    await acceptComplete(tx, current, organisationId, now, call);
    return at;
  });
  await retainEnvelope(ports, body.sha256, sealedUntil(tender));
  await ports.store.remove(contentKey('quarantine', body.sha256));
  return { storedAt };
}

/** The caller's act that commits to this body. One that was refused commits to nothing any more. */
async function committed(
  { vault }: VaultPorts,
  body: Body,
  call: Call,
): Promise<{ readonly tender: SealedTender; readonly progress: BidProgress }> {
  const tender = await vault.tender(body.tenderId);
  const organisationId = organisationOf(call);
  if (!(await vault.participation(body.tenderId, organisationId))) {
    throw new DomainError('participation.missing', 'Take part in the tender before you send an envelope.');
  }
  const acts = await vault.progressOf(body.tenderId, organisationId);
  const progress = acts.findLast((act) => committedTo(act, body));
  if (!progress) throw notCommitted(body);
  return { tender, progress };
}

const notCommitted = ({ sha256, size }: Body): DomainError =>
  new DomainError(
    'envelope.not-committed',
    'No manifest of yours names an envelope of this hash and size; submit the manifests first.',
    { sha256, size },
  );

/** A body has its own entry, once: the last of an act's is followed by that of the acceptance. */
async function enterKept(
  tx: VaultTransaction,
  { tenderId, sha256, size }: Body,
  organisationId: string,
  { actorId }: Call,
): Promise<void> {
  await tx.seal({ type: 'body-kept', tenderId, actorId, data: { organisationId, sha256, size } });
}

/** Every act of the bidder that has all its bodies by now is accepted, with an entry of its own. */
async function acceptComplete(
  tx: VaultTransaction,
  tender: SealedTender,
  organisationId: string,
  acceptedAt: Instant,
  call: Call,
): Promise<void> {
  const { tenderId, tid } = tender;
  const stored = await tx.bodies(tenderId, organisationId);
  for (const progress of await tx.progressOf(tenderId, organisationId)) {
    const { act, proofs } = progress;
    if (progress.acceptedAt !== null || proofs !== 'verified') continue;
    // A body that came late, for an act that may wait longer, completes no other whose time is over.
    if (!isBefore(acceptedAt, bodiesUntil(tender, act))) continue;
    if (bodiesMissing(progress, stored).length > 0) continue;
    const acceptance = await tx.seal({
      type: 'bid-accepted',
      tenderId,
      actorId: call.actorId,
      data: {
        tid,
        organisationId,
        seq: act.seq,
        acceptedAt,
        manifestSha256: act.manifests.map(({ sha256 }) => sha256),
      },
    });
    await tx.saveAccepted(act, acceptedAt, acceptance);
  }
}
