import { DomainError, type Instant, isBefore } from '#kernel';
import type { Opening } from './opening.js';

/** What one person or organisation may say against one opening: enough, and not endless. */
export const OBJECTIONS_MAX = 3;

export interface Objection {
  readonly by: 'trustee' | 'bidder';
  /** A bidder's name and alias stay hidden. */
  readonly trusteeIndex: number | null;
  readonly at: Instant;
  readonly text: string;
}

/**
 * Objections are made during the session: from the first trustee's coming to its end, and longer while an opening is
 * under way, halted, or waits for rescue. Throws `objection.not-open`, `objection.too-many`.
 */
export function requireObjectable({ stage, endsAt }: Opening, ownBefore: number, now: Instant): void {
  const isRunning = stage === 'combining' || stage === 'halted' || stage === 'rescue';
  if (stage === 'bidder-keys' || stage === 'waiting' || (!isRunning && !isBefore(now, endsAt))) {
    throw new DomainError('objection.not-open', 'Objections are recorded during the session.', {
      stage,
      endsAt,
    });
  }
  if (ownBefore >= OBJECTIONS_MAX) {
    throw new DomainError('objection.too-many', `At most ${OBJECTIONS_MAX} objections to one opening.`);
  }
}
