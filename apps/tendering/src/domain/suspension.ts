import { addMs, DomainError, type Instant, instantToMs, isBefore } from '#kernel';
import type { EnvelopeId, OpeningFault } from '#contracts';
import { bodiesUntil, closesAt, isReached } from './schedule.js';
import { onTheWay, requireStage } from './stages.js';
import type { Decision, SuspensionCause, Tender } from './tender.js';

/** A supervisor stops every clock of a tender. Throws `tender.wrong-stage`, `tender.suspended`. */
export function suspend(tender: Tender, reason: string, now: Instant): Decision {
  if (causeOf(tender, 'supervisor', null)) {
    throw new DomainError('tender.suspended', 'A supervisor has suspended this tender already.');
  }
  // A supervisor may suspend also what a halted opening has suspended.
  requireStage({ ...tender, suspension: null }, ...onTheWay('published', 'standstill'));
  return withCause(tender, { cause: 'supervisor', envelopeId: null, since: now, reason });
}

/**
 * Ends a supervisor's suspension. A standstill has as much time left as it had. A time in which bids or their bodies
 * could come is not given back: it belongs to the descriptor that bids are sealed to. Throws `tender.not-suspended`,
 * `opening.halted` where only the opening's own way leads on, `tender.postponed` where such a time has passed meanwhile.
 */
export function resume(tender: Tender, reason: string, now: Instant): Decision {
  const found = causeOf(tender, 'supervisor', null);
  if (!found && tender.suspension) {
    throw new DomainError('opening.halted', 'An opening is halted; the tender goes on when it is resumed.');
  }
  if (!found) throw new DomainError('tender.not-suspended', 'This tender is not suspended.');
  if (isPostponed(tender, found.since, now)) {
    throw new DomainError(
      'tender.postponed',
      'The deadline passed during the suspension: the tender goes on only with a new one, or is cancelled.',
      { deadlineAt: tender.draft.deadlineAt, since: found.since },
    );
  }
  return withoutCause(tender, found, reason, now);
}

/** The vault reports it; told in parts, so that only the first has an effect. */
export function suspendForHalt(
  tender: Tender,
  envelopeId: EnvelopeId,
  fault: OpeningFault,
  now: Instant,
): Decision {
  const isRunning = onTheWay('published', 'standstill').includes(tender.stage);
  if (!isRunning || causeOf(tender, 'opening-halted', envelopeId)) return { tender, events: [] };
  const reason = `the opening of the ${envelopeId} envelopes is halted: ${REASONS[fault]}`;
  return withCause(tender, { cause: 'opening-halted', envelopeId, since: now, reason });
}

const REASONS: Readonly<Record<OpeningFault, string>> = {
  platform: 'what is stored is not what was received',
  bidder: 'an envelope does not open',
  unknown: 'an envelope does not open, and nobody knows why',
};

/** The vault reports that a supervisor lets the stored envelopes be checked again. */
export function resumeAfterHalt(tender: Tender, envelopeId: EnvelopeId, now: Instant): Decision {
  const found = causeOf(tender, 'opening-halted', envelopeId);
  if (!found) return { tender, events: [] };
  return withoutCause(tender, found, 'the stored envelopes are checked again', now);
}

const causeOf = (
  { suspension }: Tender,
  cause: SuspensionCause['cause'],
  envelopeId: EnvelopeId | null,
): SuspensionCause | undefined =>
  suspension?.causes.find((one) => one.cause === cause && one.envelopeId === envelopeId);

/** Bids, their bodies, or what a mailbox had could have come in a time that ended while the tender was suspended. */
function isPostponed({ stage, draft, procedure }: Tender, since: Instant, now: Instant): boolean {
  const { deadlineAt } = draft;
  return (
    stage === 'published' &&
    [deadlineAt, bodiesUntil(procedure, deadlineAt), closesAt(procedure, draft)].some(
      (end) => isBefore(since, end) && isReached(end, now),
    )
  );
}

function withCause(tender: Tender, cause: SuspensionCause): Decision {
  const { suspension } = tender;
  const since = suspension?.since ?? cause.since;
  return {
    tender: { ...tender, suspension: { since, causes: [...(suspension?.causes ?? []), cause] } },
    events: [{ type: 'tender-suspended', data: { ...cause } }],
  };
}

function withoutCause(tender: Tender, gone: SuspensionCause, reason: string, now: Instant): Decision {
  const { since, causes } = tender.suspension!;
  const left = causes.filter((one) => one !== gone);
  const isGoingOn = left.length === 0;
  const { standstillEndsAt: ends } = tender;
  const isMoved = isGoingOn && tender.stage === 'standstill' && ends !== null;
  const standstillEndsAt = isMoved ? addMs(ends, instantToMs(now) - instantToMs(since)) : ends;
  return {
    tender: { ...tender, standstillEndsAt, suspension: isGoingOn ? null : { since, causes: left } },
    events: [
      { type: 'tender-resumed', data: { ...gone, reason, resumedAt: now, isGoingOn, standstillEndsAt } },
    ],
  };
}
