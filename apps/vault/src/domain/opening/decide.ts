import { addMs, type Instant, isBefore, unreachable } from '#kernel';
import { beginCombining, finish, halt, reportProgress, reportStored, resume } from './decide-combining.js';
import { attend, goOn, refuseShare, revealRescue, takeShares } from './decide-session.js';
import { closeKeys, releaseKey } from './decide-keys.js';
import { evolve } from './evolve.js';
import type { Opening } from './opening.js';
import type { OpeningCommand } from './opening-command.js';
import type { OpeningEvent } from './opening-event.js';

/**
 * What follows from a command, with what the clock had made due before it. A command that was done already leads to
 * nothing. Throws `opening.already-done`, `opening.halted`, `opening.failed`, `opening.not-halted`, `opening.not-yet`,
 * `rescue.not-open`, `bidder-key.not-open` where its stage does not allow it.
 */
export function decide(command: OpeningCommand, opening: Opening): OpeningEvent[] {
  // What fell due during a suspension did not: the time is given back first.
  const due = command.type === 'go-on' ? [] : dueEvents(opening, command.now);
  return [...due, ...decideNow(command, due.reduce(evolve, opening))];
}

function decideNow(command: OpeningCommand, opening: Opening): OpeningEvent[] {
  switch (command.type) {
    case 'release-key':
      return releaseKey(command, opening);
    case 'attend':
      return attend(command, opening);
    case 'take-shares':
      return takeShares(command, opening);
    case 'refuse-share':
      return refuseShare(command, opening);
    case 'reveal-rescue':
      return revealRescue(command, opening);
    case 'pass-time':
      return [];
    case 'report-stored':
      return reportStored(command, opening);
    case 'report-progress':
      return reportProgress(command, opening);
    case 'halt':
      return halt(command, opening);
    case 'finish':
      return finish(command, opening);
    case 'resume':
      return resume(opening);
    case 'go-on':
      return goOn(command, opening);
    default:
      return unreachable(command);
  }
}

/**
 * A session that is over without a quorum fails and lets bidders reveal rescue identities; at the end of that window
 * there is one for every envelope, or nothing is opened. The window counts from when the failure is decided, so that
 * an outage does not eat it.
 */
function dueEvents(opening: Opening, now: Instant): OpeningEvent[] {
  const { stage, keys, endsAt, rescueMs, rescueUntil, rescued, of } = opening;
  if (stage === 'bidder-keys' && !isBefore(now, keys!.until)) return closeKeys(opening, now);
  if ((stage === 'waiting' || stage === 'in-session') && !isBefore(now, endsAt)) {
    return [{ type: 'quorum-failed', rescueUntil: addMs(now, rescueMs) }];
  }
  if (stage === 'rescue' && !isBefore(now, rescueUntil!)) {
    const isComplete = rescued.length === of;
    return isComplete ? [beginCombining('bidders')] : [{ type: 'opening-failed', revealed: rescued.length }];
  }
  return [];
}
