import { DomainError, invariant } from '#kernel';
import type { Opening } from './opening.js';
import type { CommandOf } from './opening-command.js';
import type { OpeningEvent } from './opening-event.js';

export const beginCombining = (openedBy: 'trustees' | 'bidders'): OpeningEvent => ({
  type: 'combining-begun',
  openedBy,
});

/** All stored envelopes are looked at before the first identity is made; one that differs stops everything. */
export function reportStored(
  { differing, now: at }: CommandOf<'report-stored'>,
  opening: Opening,
): OpeningEvent[] {
  if (opening.stage !== 'combining') return [];
  if (differing.length > 0) {
    return [{ type: 'opening-halted', fault: 'platform', manifestSha256s: differing, at }];
  }
  return opening.checkedAt === null ? [{ type: 'stored-envelopes-checked', at }] : [];
}

export function reportProgress({ opened }: CommandOf<'report-progress'>, opening: Opening): OpeningEvent[] {
  return isOpening(opening) ? [{ type: 'opening-progressed', opened }] : [];
}

export function halt(command: CommandOf<'halt'>, opening: Opening): OpeningEvent[] {
  const { fault, manifestSha256, now: at } = command;
  if (!isOpening(opening)) return [];
  return [{ type: 'opening-halted', fault, manifestSha256s: [manifestSha256], at }];
}

/** Every envelope has its result: only now anything is shown. */
export function finish({ items, now: at }: CommandOf<'finish'>, opening: Opening): OpeningEvent[] {
  if (!isOpening(opening)) return [];
  const of = opening.of + (opening.keys?.missing ?? 0);
  invariant(items.length === of, 'every envelope of the kind has its result');
  return [{ type: 'envelopes-opened', items, at }];
}

export function resume({ stage }: Opening): OpeningEvent[] {
  if (stage !== 'halted') {
    throw new DomainError('opening.not-halted', 'This opening is not halted; there is nothing to resume.', {
      stage,
    });
  }
  return [{ type: 'opening-resumed' }];
}

const isOpening = ({ stage, checkedAt }: Opening): boolean => stage === 'combining' && checkedAt !== null;
