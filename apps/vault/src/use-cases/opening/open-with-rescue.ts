import { createHash } from 'node:crypto';
import { contentKey, DomainError, isDomainError } from '#kernel';
import type { objectToOpening, RequestOf, ResponseOf, revealRescue } from '#contracts';
import { nodeAgeEngine } from '#sealing/node';
import type { Call } from '#service';
import type { ObjectStore } from '#storage';
import type { NamedManifest } from '../../domain/bid-act.js';
import { decide } from '../../domain/opening/decide.js';
import { envelopesToOpen } from '../../domain/opening/envelopes-to-open.js';
import { requireObjectable } from '../../domain/opening/objection.js';
import { requireGoingOn, requireOpenable, requireTrustee } from '../../domain/sealed-tender.js';
import { isStoredUnaltered } from './open-check-stored.js';
import { decideOpening, loadOpening } from './open-session.js';
import { organisationOf } from '../intake/participate.js';
import type { VaultPorts } from '../vault-ports.js';

/**
 * A bidder reveals the own rescue identity, after the quorum failed. It is looked at whether it opens the stored
 * envelope, then kept hidden: only when every bidder has revealed theirs until the window ends, all are opened.
 */
export async function takeRescue(
  { vault, openings, store }: VaultPorts,
  { tenderId, envelopeId, identity }: RequestOf<typeof revealRescue>,
  call: Call,
): Promise<ResponseOf<typeof revealRescue>> {
  const ref = { tenderId, envelopeId };
  const organisationId = organisationOf(call);
  const tender = await vault.tender(tenderId);
  requireOpenable(tender, envelopeId);
  requireGoingOn(tender);
  const seen = await openings.find(ref);
  const envelopes = envelopesToOpen(await vault.finalBids(tenderId), envelopeId, seen);
  const own = envelopes.find((envelope) => envelope.organisationId === organisationId);
  if (!own) throw new DomainError('bid.unknown', 'No envelope of yours is to be opened here.');
  if (!seen) throw new DomainError('opening.not-yet', 'This opening has not begun.');
  decide({ type: 'reveal-rescue', alias: own.alias, now: await vault.now() }, seen);
  await requireOpens(store, own.manifest, identity);
  return openings.transact(call, async (tx) => {
    const opening = await loadOpening(tx, ref);
    const after = await decideOpening(tx, opening, { type: 'reveal-rescue', alias: own.alias });
    if (opening.rescued.includes(own.alias)) {
      throw new DomainError('rescue.already-revealed', 'You have revealed your rescue identity already.');
    }
    await tx.keepRescue(ref, own.alias, identity);
    const identitySha256 = createHash('sha256').update(identity).digest('hex');
    const data = { organisationId, envelopeId, manifestSha256: own.manifest.sha256, identitySha256 };
    const reveal = await tx.sealKeyAct('rescue-revealed', tenderId, call.actorId, data);
    return { revealedAt: await tx.vault.clock(), rescueUntil: after.rescueUntil!, reveal };
  });
}

/**
 * The header and the first piece of the stored envelope open with it. Throws `rescue.identity-wrong`, but not where the
 * stored envelope is not the one that was received: that is no bidder's fault, and halts the opening later.
 */
async function requireOpens(store: ObjectStore, manifest: NamedManifest, identity: string): Promise<void> {
  if (await opensWith(store, manifest.age!.sha256, identity)) return;
  if (await isStoredUnaltered(store, manifest)) {
    throw new DomainError('rescue.identity-wrong', 'This identity does not open your stored envelope.');
  }
}

async function opensWith(store: ObjectStore, sha256: string, identity: string): Promise<boolean> {
  const key = contentKey('envelopes', sha256);
  if (!(await store.head(key))) return false;
  const { body } = await store.get(key);
  const content = nodeAgeEngine.decrypt(body, identity)[Symbol.asyncIterator]();
  try {
    await content.next();
    return true;
  } catch (error) {
    if (isDomainError(error)) throw error;
    return false;
  } finally {
    await content.return?.();
  }
}

/** A trustee, or a bidder who took part, objects; the name of a bidder does not show. */
export async function takeObjection(
  { vault, openings }: VaultPorts,
  { tenderId, envelopeId, text }: RequestOf<typeof objectToOpening>,
  call: Call,
): Promise<ResponseOf<typeof objectToOpening>> {
  const ref = { tenderId, envelopeId };
  const tender = await vault.tender(tenderId);
  const { personId, organisationId } = call.actor!;
  const isBidder =
    organisationId !== null && (await vault.participation(tenderId, organisationId)) !== undefined;
  const trusteeIndex = isBidder ? null : requireTrustee(tender, personId);
  const objectorId = isBidder ? organisationId : personId;
  return openings.transact(call, async (tx) => {
    const opening = await loadOpening(tx, ref, { isAlsoSuspended: true });
    const at = await tx.vault.clock();
    requireObjectable(opening, await tx.countObjections(ref, objectorId), at);
    const by = isBidder ? ('bidder' as const) : ('trustee' as const);
    await tx.addObjection(ref, objectorId, { by, trusteeIndex, at, text });
    await tx.tell(tenderId, { type: 'objection-recorded', data: { envelopeId, by, trusteeIndex, text } });
    return { recordedAt: at };
  });
}
