import { addMs, DomainError, type Instant, isBefore, type Uuid } from '#kernel';
import type { CloseRecord, EnvelopeId } from '#contracts';
import type { TenderDescriptor } from '#sealing';
import type { BidAct } from './bid-act.js';

/** What the vault knows of a tender: whom bids are sealed to, and until when they may come. */
export interface SealedTender {
  readonly tenderId: Uuid;
  readonly tid: string;
  readonly descriptor: TenderDescriptor;
  readonly deadlineAt: Instant;
  readonly bidsMin: number;
  readonly trustees: readonly {
    readonly i: number;
    readonly personId: Uuid;
    readonly certificateSha256: string;
  }[];
  /** `open` until the close record is fixed; `ended` when the tender failed, was cancelled or awarded. */
  readonly stage: 'open' | 'closed' | 'ended';
  readonly close: CloseRecord | null;
  readonly scoresLocked: boolean;
  /** Since when a supervisor has suspended it. What a halted opening suspends, the opening itself holds up. */
  readonly suspendedAt: Instant | null;
  /** Set where it failed or was cancelled. */
  readonly ending: Ending | null;
}

/** A tender that ended without an award: what was sealed in the ledger is shown once, later. */
export interface Ending {
  readonly revealAt: Instant;
  readonly revealedAt: Instant | null;
}

/** It ended without an award, and all that was sealed of it in the ledger is shown. */
export const isRevealed = ({ ending }: SealedTender): boolean => (ending?.revealedAt ?? null) !== null;

/** Openings go on by themselves: time passes in them, and what is complete is opened. */
export const mayGoOn = ({ stage, suspendedAt }: SealedTender): boolean =>
  stage === 'closed' && suspendedAt === null;

/** Throws `tender.suspended`: nothing goes on, and the clocks of openings stand still. */
export function requireGoingOn({ suspendedAt }: SealedTender): void {
  if (suspendedAt === null) return;
  throw new DomainError(
    'tender.suspended',
    `This tender is suspended since ${suspendedAt}; nothing was kept.`,
    {
      suspendedAt,
    },
  );
}

/** In time means before the deadline, by the clock of the database; the very millisecond is late. */
export function requireOpen(tender: SealedTender, now: Instant): void {
  if (!isBefore(now, tender.deadlineAt)) {
    throw new DomainError(
      'bid.late',
      `The deadline was ${tender.deadlineAt}; it is ${now}. Nothing was kept.`,
      {
        deadlineAt: tender.deadlineAt,
        now,
      },
    );
  }
  if (tender.stage !== 'open') throw new DomainError('tender.not-open', 'This tender takes no bids.');
  requireGoingOn(tender);
}

const MINUTE_MS = 60_000;

type Times = Pick<SealedTender, 'deadlineAt' | 'descriptor'>;

const minutesAfter = ({ deadlineAt, descriptor }: Times, rule: string): Instant => {
  const minutes = descriptor.rules[rule];
  return addMs(deadlineAt, typeof minutes === 'number' ? minutes * MINUTE_MS : 0);
};

/** Key of the mailbox that has effect in this tender; null where the descriptor names none. */
export function mailboxKey({ descriptor }: Pick<SealedTender, 'descriptor'>): string | null {
  const key = descriptor.rules['mailboxKey'];
  return typeof key === 'string' ? key : null;
}

/** When the list of bids is fixed: when both bodies and a mailbox's log have had their time. */
export function closesAt(tender: Times): Instant {
  const bodies = minutesAfter(tender, 'bodyGraceMinutes');
  if (mailboxKey(tender) === null) return bodies;
  const mailbox = minutesAfter(tender, 'mailboxGraceMinutes');
  return isBefore(bodies, mailbox) ? mailbox : bodies;
}

/**
 * Until when the bodies of an act may come: the deadline and the procedure's grace; of one that a mailbox had in time,
 * until the close.
 */
export const bodiesUntil = (tender: Times, act: Pick<BidAct, 'mailbox'>): Instant =>
  act.mailbox ? closesAt(tender) : minutesAfter(tender, 'bodyGraceMinutes');

/** As {@link requireOpen}, for the log of the tender's mailbox. Throws `mailbox.none`, `mailbox.too-late`, `tender.not-open`,
 * `tender.suspended`. */
export function requireOpenForMailbox(tender: SealedTender, now: Instant): string {
  if (tender.stage !== 'open') throw new DomainError('tender.not-open', 'This tender takes no bids.');
  const key = mailboxKey(tender);
  if (key === null) throw new DomainError('mailbox.none', 'No mailbox has effect in this tender.');
  const until = closesAt(tender);
  if (!isBefore(now, until)) {
    throw new DomainError('mailbox.too-late', `It could be handed over until ${until}; it is ${now}.`, {
      until,
      now,
    });
  }
  requireGoingOn(tender);
  return key;
}

/** As {@link requireOpen}, for the bodies of what was committed in time. */
export function requireOpenForBodies(
  tender: SealedTender,
  now: Instant,
  act: Pick<BidAct, 'mailbox'> = {},
): void {
  const until = bodiesUntil(tender, act);
  if (!isBefore(now, until)) {
    throw new DomainError('bid.body-late', `Bodies were taken until ${until}; it is ${now}.`, { until, now });
  }
  if (tender.stage !== 'open') throw new DomainError('tender.not-open', 'This tender takes no bids.');
  requireGoingOn(tender);
}

/** The seat of a person in the committee. Throws `opening.not-entitled`. */
export function requireTrustee(tender: SealedTender, personId: Uuid): number {
  const seat = tender.trustees.find((trustee) => trustee.personId === personId);
  if (!seat) throw new DomainError('opening.not-entitled', 'You are not a trustee of this tender.');
  return seat.i;
}

/**
 * Envelopes open in the procedure's order: technical ones once the close record stands, commercial ones once the
 * technical scores are locked. Throws `opening.not-yet`.
 */
export function requireOpenable(tender: SealedTender, envelopeId: EnvelopeId): CloseRecord {
  if (tender.close === null || tender.stage === 'open') {
    throw new DomainError(
      'opening.not-yet',
      'The deadline has not passed, or the list of bids is not fixed yet.',
    );
  }
  if (tender.stage === 'ended')
    throw new DomainError('opening.not-yet', 'This tender has ended; nothing is opened.');
  if (envelopeId === 'commercial' && !tender.scoresLocked) {
    throw new DomainError(
      'opening.not-yet',
      'Commercial envelopes open once all technical scores are locked.',
    );
  }
  return tender.close;
}
