import { addDays, type Instant } from '#kernel';
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
