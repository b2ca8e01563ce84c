import { createHash } from 'node:crypto';
import { DomainError, inParts, type Instant, jcsBytes, pageOf } from '#kernel';
import type { attendOpening, getOpeningWork, RequestOf, ResponseOf, resumeOpening } from '#contracts';
import type { Call } from '#service';
import { finalManifests } from '../../domain/close-bids.js';
import { decide } from '../../domain/opening/decide.js';
import { envelopesToOpen } from '../../domain/opening/envelopes-to-open.js';
import { evolve } from '../../domain/opening/evolve.js';
import { LISTED_PART } from '../../domain/opening/listed-part.js';
import { attendedTrustees, type Opening, waitingOpening } from '../../domain/opening/opening.js';
import type { OpeningCommand } from '../../domain/opening/opening-command.js';
import { newsOf } from '../../domain/opening/opening-news.js';
import { openingRules } from '../../domain/opening/opening-rules.js';
import {
  mayGoOn,
  requireGoingOn,
  requireOpenable,
  requireTrustee,
  type SealedTender,
} from '../../domain/sealed-tender.js';
import { requireKeysSettled, settleKeys } from './open-settle-keys.js';
import type { OpeningRef, OpeningTransaction } from './openings.port.js';
import { manifestPages, signedOf } from './signed-manifests.js';
import type { VaultPorts } from '../vault-ports.js';

type Undated<C> = C extends unknown ? Omit<C, 'now'> : never;

/** SHA-256 of the close record in canonical form: shares are bound to it. */
export const closeDigest = (tender: SealedTender): string =>
  createHash('sha256').update(jcsBytes(tender.close)).digest('hex');

/** Lets the envelopes of a kind wait for their opening, once. Nothing waits where there is nothing to open. */
export async function beginOpening(
  tx: OpeningTransaction,
  { tenderId, descriptor }: SealedTender,
  envelopeId: OpeningRef['envelopeId'],
  opensAt: Instant,
): Promise<void> {
  const of = envelopesToOpen(await tx.vault.finalBids(tenderId), envelopeId, undefined).length;
  if (of === 0) return;
  const rules = openingRules(descriptor.rules, await tx.clockFactor());
  // An outage does not eat the bidders' window: it counts from when they can hear of it.
  const from = rules.bidderKeyMs === null ? opensAt : await tx.vault.clock();
  const opening = waitingOpening({ tenderId, envelopeId, of, quorum: descriptor.k, opensAt: from }, rules);
  const isNew = await tx.begin(opening);
  if (!isNew || opening.keys === null) return;
  const data = { envelopeId, of, until: opening.keys.until };
  await tx.tell(tenderId, { type: 'bidder-keys-awaited', data });
}

/**
 * The opening, locked. The technical one waits from the close record on, whoever looks first; the commercial one was
 * begun when scores were locked. Throws `opening.not-yet`, and `tender.suspended` unless `isAlsoSuspended`.
 */
export async function loadOpening(
  tx: OpeningTransaction,
  { tenderId, envelopeId }: OpeningRef,
  { isAlsoSuspended = false } = {},
): Promise<Opening> {
  const tender = await tx.vault.loadTender(tenderId, 'intake');
  const close = requireOpenable(tender, envelopeId);
  if (!isAlsoSuspended) requireGoingOn(tender);
  const ref = { tenderId, envelopeId };
  let opening = await tx.load(ref);
  if (!opening && envelopeId === 'technical') {
    await beginOpening(tx, tender, envelopeId, close.closedAt);
    opening = await tx.load(ref);
  }
  if (!opening) throw new DomainError('opening.not-yet', 'There is nothing of this kind to open.');
  return opening;
}

/** Decides by the database's clock, keeps what came of it and tells it, all in this transaction. */
export async function decideOpening(
  tx: OpeningTransaction,
  opening: Opening,
  command: Undated<OpeningCommand>,
  actorId: string | null = null,
): Promise<Opening> {
  const now = await tx.vault.clock();
  const events = decide({ ...command, now } as OpeningCommand, opening);
  let current = opening;
  for (const event of events) {
    current = evolve(current, event);
    for (const news of newsOf(event, current)) await tx.tell(opening.tenderId, news, actorId);
    if (event.type === 'bidder-keys-closed') await settleKeys(tx, current);
  }
  if (events.length === 0) return opening;
  // Rescue identities are kept no longer than they may be needed.
  const isOver = current.stage !== 'rescue' && current.openedBy !== 'bidders';
  if (isOver || current.stage === 'opened-by-bidders') await tx.forgetRescue(opening);
  await tx.save(current);
  return current;
}

export async function attend(
  { openings, vault }: VaultPorts,
  ref: RequestOf<typeof attendOpening>,
  call: Call,
): Promise<ResponseOf<typeof attendOpening>> {
  const trusteeIndex = requireTrustee(await vault.tender(ref.tenderId), call.actor!.personId);
  return openings.transact(call, async (tx) => {
    const opening = await loadOpening(tx, ref);
    const after = await decideOpening(tx, opening, { type: 'attend', trusteeIndex });
    return {
      trusteeIndex,
      stage: after.stage,
      attended: attendedTrustees(after).length,
      endsAt: endOf(after),
    };
  });
}

const endOf = ({ rescueUntil, endsAt }: Opening): Instant => rescueUntil ?? endsAt;

export async function openingWork(
  ports: VaultPorts,
  { tenderId, envelopeId, page }: RequestOf<typeof getOpeningWork>,
  call: Call,
): Promise<ResponseOf<typeof getOpeningWork>> {
  const tender = await ports.vault.tender(tenderId);
  const trusteeIndex = requireTrustee(tender, call.actor!.personId);
  const close = requireOpenable(tender, envelopeId);
  const opening = await requireKeysSettled(ports, tender, envelopeId);
  const bids = await ports.vault.finalBids(tenderId);
  const all = manifestPages(envelopesToOpen(bids, envelopeId, opening));
  const list = inParts(finalManifests(bids), LISTED_PART);
  const manifests = (await signedOf(ports.vault, tenderId, pageOf(all, page))).map(({ jws }) => jws);
  const pages = Math.max(all.length, list.length);
  return { trusteeIndex, close, page, pages, listed: pageOf(list, page), manifests };
}

/** The stored envelopes are checked anew; if they are right by now, the opening goes on where it stopped. */
export async function resume(
  { openings }: VaultPorts,
  ref: RequestOf<typeof resumeOpening>,
  call: Call,
): Promise<ResponseOf<typeof resumeOpening>> {
  return openings.transact(call, async (tx) => {
    const opening = await loadOpening(tx, ref);
    const { stage } = await decideOpening(tx, opening, { type: 'resume' }, call.actorId);
    return { stage };
  });
}

/** What the clock has made due: openings begin to wait, sessions and rescue windows end. */
export async function passTime({ openings }: VaultPorts, call: Call): Promise<void> {
  await openings.forgetEnded();
  for (const tenderId of await openings.listUnbegun()) {
    await openings.transact(call, async (tx) => {
      const tender = await tx.vault.loadTender(tenderId, 'intake');
      if (tender.stage === 'closed') await beginOpening(tx, tender, 'technical', tender.close!.closedAt);
      return null;
    });
  }
  for (const ref of await openings.listDue()) {
    await openings.transact(call, async (tx) => {
      const tender = await tx.vault.loadTender(ref.tenderId, 'intake');
      const opening = await tx.load(ref);
      if (opening && mayGoOn(tender)) await decideOpening(tx, opening, { type: 'pass-time' });
      return null;
    });
  }
}
