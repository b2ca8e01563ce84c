import { DomainError, type Instant, isBefore } from '#kernel';
import { tenderDigest } from '#sealing';
import { toHex } from '#kernel';
import { committeeDescriptor, type LedgerIdentity } from './committee-descriptor.js';
import { requireSoundMethod } from './draft-decisions.js';
import { closesAt, earliestDeadline, isReached, questionsUntil, standstillEnd } from './schedule.js';
import { before, reached, requireStage, requireStageAtAll } from './stages.js';
import type { Decision, Tender } from './tender.js';

/** Fixes notice, committee, method and deadline; from here on only an amendment changes them. */
export function publish(tender: Tender, ledger: LedgerIdentity, now: Instant): Decision {
  requireStage(tender, 'draft');
  const { draft, procedure } = tender;
  requireSoundMethod(draft.method);
  const earliest = earliestDeadline(procedure, now);
  if (isBefore(draft.deadlineAt, earliest)) {
    throw new DomainError(
      'deadline.too-early',
      `The earliest deadline for a notice published now is ${earliest}.`,
      {
        earliest,
        noticeDaysMin: procedure.noticeDaysMin,
      },
    );
  }
  const descriptor = committeeDescriptor(tender, ledger);
  const tid = toHex(tenderDigest(descriptor));
  const publication = {
    publishedAt: now,
    questionsUntil: questionsUntil(procedure, draft.deadlineAt),
    tid,
    descriptor: { ...descriptor },
  };
  const { method, title, regionCode, ceilingPrice, deadlineAt, boq, expertIds } = draft;
  const trustees = descriptor.trustees.map(({ i, certSha256 }) => ({
    i,
    personId: tender.committee[i - 1]!.personId,
    certificateSha256: certSha256,
  }));
  const bidsMin = procedure.bidsMin;
  const data = {
    tid,
    descriptor,
    method,
    title,
    regionCode,
    ceilingPrice,
    deadlineAt,
    boq,
    trustees,
    expertIds,
    bidsMin,
  };
  return {
    tender: { ...tender, stage: 'published', publication },
    events: [{ type: 'tender-published', data }],
  };
}

/** What the clock asks for; refuses nothing, because a trigger may come early or twice. */
export function close(tender: Tender, now: Instant): Decision {
  const { procedure, draft } = tender;
  if (tender.stage !== 'published' || tender.suspension) return { tender, events: [] };
  if (!isReached(closesAt(procedure, draft), now)) {
    return { tender, events: [] };
  }
  const data = { deadlineAt: draft.deadlineAt, closedAt: now };
  return { tender: { ...tender, stage: 'closed' }, events: [{ type: 'tender-closed', data }] };
}

/** The buyer may cancel also while the tender is suspended. */
export function cancel(tender: Tender, reason: string): Decision {
  requireStageAtAll(tender, ...before('standstill'));
  return {
    tender: { ...tender, stage: 'cancelled', suspension: null, reason },
    events: [{ type: 'tender-cancelled', data: { reason } }],
  };
}

function fail(tender: Tender, reason: string): Decision {
  if (tender.stage === 'failed' || tender.stage === 'cancelled') return { tender, events: [] };
  return {
    tender: { ...tender, stage: 'failed', suspension: null, reason },
    events: [{ type: 'tender-failed', data: { reason } }],
  };
}

/** Fewer bids than the procedure needs: the tender fails, nothing is opened (招标投标法 art. 28). */
export function countBids(tender: Tender, count: number): Decision {
  const { bidsMin } = tender.procedure;
  if (count >= bidsMin) return { tender: reached(tender, 'closed'), events: [] };
  return fail(tender, `${count} bids were received, ${bidsMin} are needed`);
}

/** Neither a quorum of trustees nor all bidders opened the envelopes: nothing was opened, and nothing can be. */
export const failOpening = (tender: Tender, envelopeId: string): Decision =>
  fail(tender, `the ${envelopeId} envelopes could not be opened`);

/** A correction that came with the standstill takes the announcement back: the buyer announces the new first. */
const CORRECTABLE: readonly Tender['stage'][] = ['ranked', 'standstill'];

export function takeRanking(
  tender: Tender,
  outcome: 'ranked' | 'failed',
  first: { readonly alias: string; readonly price: string } | null,
  version = 1,
): Decision {
  if (version > 1 && !CORRECTABLE.includes(tender.stage)) return { tender, events: [] };
  if (outcome === 'failed' || first === null) return fail(tender, 'no admissible bid');
  if (version > 1)
    return { tender: { ...tender, stage: 'ranked', first, standstillEndsAt: null }, events: [] };
  const ranked = reached(tender, 'ranked');
  return { tender: ranked === tender ? tender : { ...ranked, first }, events: [] };
}

export function startStandstill(tender: Tender, now: Instant): Decision {
  requireStage(tender, 'ranked');
  const endsAt = standstillEnd(tender.procedure, now);
  const data = { endsAt, first: tender.first!.alias };
  return {
    tender: { ...tender, stage: 'standstill', standstillEndsAt: endsAt },
    events: [{ type: 'standstill-started', data }],
  };
}

export function award(tender: Tender, now: Instant): Decision {
  requireStage(tender, 'standstill');
  const endsAt = tender.standstillEndsAt!;
  if (!isReached(endsAt, now)) {
    throw new DomainError('standstill.not-over', `The standstill ends at ${endsAt}; award after it.`, {
      endsAt,
    });
  }
  const { alias, price } = tender.first!;
  return {
    tender: { ...tender, stage: 'awarded', award: { alias, price } },
    events: [{ type: 'tender-awarded', data: { alias, price } }],
  };
}
