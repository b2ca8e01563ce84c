import { DomainError, type Instant, isBefore, type Uuid } from '#kernel';
import type { Manifest, WithdrawManifest } from '#sealing';
import { type BidAct, type LastAct, requireSuccession, type SignedManifest } from './bid-act.js';
import { requireOpen, type SealedTender } from './sealed-tender.js';

/** An act as it came: read, signed by the bidder, and not yet decided on. */
export interface ReceivedAct {
  readonly tenderId: Uuid;
  readonly organisationId: Uuid;
  readonly organisationName: string;
  readonly certificateSha256: string;
  readonly kind: BidAct['kind'];
  readonly read: readonly {
    readonly manifest: Manifest | WithdrawManifest;
    readonly signed: SignedManifest;
  }[];
}

/** What the decision depends on, all of it read in the deciding transaction. */
export interface IntakeState {
  readonly tender: SealedTender;
  readonly isJoined: boolean;
  readonly last: LastAct | undefined;
  readonly now: Instant;
}

/**
 * The number of the act: in time, by one who takes part, next in its line. Throws `bid.late`, `tender.not-open`,
 * `tender.suspended`, `participation.missing`, `bid.unknown`, `bid.too-many-versions`, `bid.sequence-wrong`, `bid.previous-wrong`.
 */
export function decideCommit({ tender, isJoined, last, now }: IntakeState, act: ReceivedAct): number {
  requireOpen(tender, now);
  if (!isJoined) throw new DomainError('participation.missing', 'Take part in the tender before you bid.');
  return decideSuccession(last, act);
}

/**
 * The number of an act that a mailbox had: before the deadline by the mailbox's clock, next in its line. Whether the
 * platform may still take it is for `requireOpenForMailbox`. Throws `bid.late`, `bid.unknown`,
 * `bid.too-many-versions`, `bid.sequence-wrong`, `bid.previous-wrong`.
 */
export function decideClaim(
  {
    tender: { deadlineAt },
    last,
    mailboxAt,
  }: Pick<IntakeState, 'tender' | 'last'> & { readonly mailboxAt: Instant },
  act: ReceivedAct,
): number {
  if (!isBefore(mailboxAt, deadlineAt)) {
    throw new DomainError('bid.late', `The mailbox had it at ${mailboxAt}; the deadline was ${deadlineAt}.`);
  }
  return decideSuccession(last, act);
}

function decideSuccession(last: LastAct | undefined, { kind, read }: ReceivedAct): number {
  if (kind === 'withdraw' && last?.kind !== 'seal') {
    throw new DomainError('bid.unknown', 'There is no bid of yours to take back.');
  }
  return requireSuccession(
    last,
    read.map(({ manifest }) => manifest),
  );
}
