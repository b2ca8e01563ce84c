import { getLedgerIdentity, type ResponseOf, type getTender } from '#contracts';
import type { Call, Requests } from '#service';
import { resume, suspend } from '../domain/suspension.js';
import { award, cancel, publish, startStandstill } from '../domain/tender-decisions.js';
import type { Decision, Tender } from '../domain/tender.js';
import type { Instant } from '#kernel';
import { requireScope } from './require-region.js';
import { requireOwner, requirePublished, tenderView } from './tender-view.js';
import type { Tenders } from './tenders.port.js';

type View = ResponseOf<typeof getTender>;

/** The four acts with which the buyer moves the own tender: publish, cancel, start the standstill, award. */
export async function publishTender(
  { tenders, requests }: { readonly tenders: Tenders; readonly requests: Requests },
  { tenderId }: { readonly tenderId: string },
  call: Call,
): Promise<View> {
  const ledger = await requests.ask(getLedgerIdentity, {});
  return move(tenders, tenderId, call, (tender, now) => {
    // The grant may have changed since the draft was saved.
    requireScope(call.actor, 'buyer', tender.draft.regionCode);
    return publish(tender, ledger, now);
  });
}

export const cancelTender = (
  tenders: Tenders,
  { tenderId, reason }: { readonly tenderId: string; readonly reason: string },
  call: Call,
): Promise<View> => move(tenders, tenderId, call, (tender) => cancel(tender, reason));

export const beginStandstill = (
  tenders: Tenders,
  { tenderId }: { readonly tenderId: string },
  call: Call,
): Promise<View> => move(tenders, tenderId, call, startStandstill);

export const awardTender = (
  tenders: Tenders,
  { tenderId }: { readonly tenderId: string },
  call: Call,
): Promise<View> => move(tenders, tenderId, call, award);

/** A supervisor stops the clocks of a published tender within the scope, and lets them go on. */
export const suspendTender = (
  tenders: Tenders,
  { tenderId, reason }: { readonly tenderId: string; readonly reason: string },
  call: Call,
): Promise<View> => supervise(tenders, tenderId, call, (tender, now) => suspend(tender, reason, now));

export const resumeTender = (
  tenders: Tenders,
  { tenderId, reason }: { readonly tenderId: string; readonly reason: string },
  call: Call,
): Promise<View> => supervise(tenders, tenderId, call, (tender, now) => resume(tender, reason, now));

function supervise(
  tenders: Tenders,
  tenderId: string,
  call: Call,
  decide: (tender: Tender, now: Instant) => Decision,
): Promise<View> {
  return tenders.transact(call, async (tx) => {
    const tender = requirePublished(await tx.load(tenderId));
    requireScope(call.actor, 'supervisor', tender.draft.regionCode);
    return tenderView(await tx.save(decide(tender, tx.now), tender));
  });
}

function move(
  tenders: Tenders,
  tenderId: string,
  call: Call,
  decide: (tender: Tender, now: Instant) => Decision,
): Promise<View> {
  return tenders.transact(call, async (tx) => {
    const tender = requireOwner(await tx.load(tenderId), call.actor);
    return tenderView(await tx.save(decide(tender, tx.now), tender));
  });
}
