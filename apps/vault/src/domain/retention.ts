import { addDays, type Instant, isBefore } from '#kernel';
import type { SealedTender } from './sealed-tender.js';

/** How long after the deadline a sealed envelope cannot be removed by anybody, opened or not. */
export const SEALED_DAYS = 180;
/**
 * Where the procedure (`archiveYears`) says nothing. 政府采购法 (2014) art. 42: procurement documents are kept for at
 * least fifteen years from the end.
 */
export const ARCHIVE_YEARS = 15;
const YEAR_DAYS = 366;

/** Until when the store has to retain an accepted envelope, whatever becomes of it. */
export const sealedUntil = ({ deadlineAt }: SealedTender): Instant => addDays(deadlineAt, SEALED_DAYS);

/** Until when an envelope that was opened belongs to the archive, by the descriptor's rules. */
export function archivedUntil({ descriptor }: Pick<SealedTender, 'descriptor'>, endedAt: Instant): Instant {
  const years = descriptor.rules['archiveYears'];
  return addDays(endedAt, (typeof years === 'number' && years > 0 ? years : ARCHIVE_YEARS) * YEAR_DAYS);
}

/**
 * How long the names of those who took part in a tender without an award stay hidden, where the procedure
 * (`revealAfterDays`) says nothing: a re-tender is over by then, and nobody bids in it knowing who the others are.
 */
export const REVEAL_AFTER_DAYS = 180;

/** When the acts of a tender that ended without an award are shown: at once if its bidders were named before. */
export function revealAt({ descriptor, scoresLocked }: SealedTender, endedAt: Instant): Instant {
  const days = descriptor.rules['revealAfterDays'];
  if (scoresLocked) return endedAt;
  return addDays(endedAt, typeof days === 'number' ? days : REVEAL_AFTER_DAYS);
}

/** From when on envelopes that are never to be opened may be destroyed: not before what they were is shown. */
export function destroyFrom(tender: SealedTender, shownAt: Instant): Instant {
  const retained = sealedUntil(tender);
  return isBefore(retained, shownAt) ? shownAt : retained;
}
