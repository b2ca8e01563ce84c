import { addMs, DomainError, instantToMs, invariant, isBefore } from '#kernel';
import { beginCombining } from './decide-combining.js';
import { type Opening, presentTrustees, trusteeAt } from './opening.js';
import type { CommandOf } from './opening-command.js';
import type { OpeningEvent } from './opening-event.js';

/** Refused shares of one trustee that are entered; more of them would tell nothing new. */
export const REFUSALS_MAX = 20;

export function attend({ trusteeIndex, now }: CommandOf<'attend'>, opening: Opening): OpeningEvent[] {
  requireSession(opening);
  return attendance(opening, trusteeIndex, now);
}

/** To give shares is to attend. They count when there is one for every envelope; the quorum's last begins combining. */
export function takeShares(command: CommandOf<'take-shares'>, opening: Opening): OpeningEvent[] {
  const { trusteeIndex, given, sharesSha256, now } = command;
  requireSession(opening);
  const known = trusteeAt(opening, trusteeIndex);
  invariant(
    given >= known.given && given <= opening.of,
    'shares are added, and there are as many as envelopes',
  );
  if (given === known.given) return [];
  const taken: OpeningEvent[] = [
    ...attendance(opening, trusteeIndex, now),
    { type: 'shares-taken', trusteeIndex, given },
  ];
  if (given < opening.of) return taken;
  taken.push({ type: 'shares-given', trusteeIndex, sharesSha256, at: now });
  const isQuorum = presentTrustees(opening).length + 1 >= opening.quorum;
  return isQuorum ? [...taken, beginCombining('trustees')] : taken;
}

/** A false share names its trustee in public, once for each envelope. */
export function refuseShare(command: CommandOf<'refuse-share'>, opening: Opening): OpeningEvent[] {
  const { trusteeIndex, manifestSha256, code, now: at } = command;
  requireSession(opening);
  const refused = opening.refused.filter((one) => one.trusteeIndex === trusteeIndex);
  const isKnown = refused.some((one) => one.manifestSha256 === manifestSha256);
  if (isKnown || refused.length >= REFUSALS_MAX) return [];
  return [{ type: 'share-refused', trusteeIndex, manifestSha256, code, at }];
}

export function revealRescue({ alias }: CommandOf<'reveal-rescue'>, opening: Opening): OpeningEvent[] {
  requireRescue(opening);
  if (opening.keys !== null && !opening.keys.released.includes(alias)) {
    throw new DomainError(
      'bidder-key.not-released',
      'Your own key was not released: your bid is taken back.',
    );
  }
  return opening.rescued.includes(alias) ? [] : [{ type: 'rescue-revealed', alias }];
}

/**
 * Rescue identities are taken in the window alone: after a quorum one could open only when others' prices please.
 * Throws `rescue.not-open`.
 */
function requireRescue({ stage }: Opening): void {
  if (stage === 'rescue') return;
  throw new DomainError(
    'rescue.not-open',
    'Rescue identities are taken after the quorum failed, until the window ends.',
    { stage },
  );
}

/**
 * After a suspension the session, or the window for rescue identities or bidders' keys, has as much time left as it had: each was asked for before, or
 * began meanwhile. Without a clock that runs there is nothing to prolong.
 */
export function goOn({ since, resumedAt }: CommandOf<'go-on'>, opening: Opening): OpeningEvent[] {
  const running = runningTime(opening);
  if (running === null) return [];
  const { began, end } = running;
  const from = isBefore(since, began) ? began : since;
  const stoodStillMs = instantToMs(resumedAt) - instantToMs(from);
  return stoodStillMs > 0 ? [{ type: 'opening-prolonged', until: addMs(end, stoodStillMs) }] : [];
}

/** The time that runs out in this stage; null where none does. */
function runningTime({ stage, opensAt, keys, endsAt, rescueUntil, rescueMs }: Opening) {
  switch (stage) {
    case 'bidder-keys':
      return { began: opensAt, end: keys!.until };
    case 'waiting':
    case 'in-session':
      return { began: keys?.closedAt ?? opensAt, end: endsAt };
    case 'rescue':
      return { began: addMs(rescueUntil!, -rescueMs), end: rescueUntil! };
    default:
      return null;
  }
}

function attendance(opening: Opening, trusteeIndex: number, at: string): OpeningEvent[] {
  const isHere = trusteeAt(opening, trusteeIndex).attendedAt !== null;
  return isHere ? [] : [{ type: 'trustee-attended', trusteeIndex, at }];
}

/** Trustees act until the quorum is complete; also in the rescue window, which they end. */
function requireSession({ stage, halted, keys }: Opening): void {
  if (stage === 'waiting' || stage === 'in-session' || stage === 'rescue') return;
  if (stage === 'bidder-keys') {
    throw new DomainError(
      'opening.not-yet',
      `Bidders release keys of their own until ${keys!.until}; the session follows.`,
      { until: keys!.until },
    );
  }
  if (stage === 'halted') {
    throw new DomainError(
      'opening.halted',
      'Stored envelopes differ from what was received; all is stopped.',
      {
        count: halted!.manifestSha256s.length,
      },
    );
  }
  if (stage === 'failed')
    throw new DomainError('opening.failed', 'This opening has failed; nothing is opened.');
  throw new DomainError('opening.already-done', 'The quorum is complete; no share is needed any more.');
}
