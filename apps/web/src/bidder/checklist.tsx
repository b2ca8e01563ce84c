import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { findOfferFault } from './offer.js';

export interface BidDraft {
  readonly technical: readonly File[];
  readonly commercial: readonly File[];
  readonly price: string;
  readonly ceilingPrice: string;
}

/** Two GiB an envelope, tables and padding included: somewhat less for files. */
const ENVELOPE_FILES_BYTES_MAX = 2_000_000_000;
const PARTS_MAX = 62;

const fits = (files: readonly File[]): boolean =>
  files.length <= PARTS_MAX &&
  files.reduce((sum, { size }) => sum + size, 0) <= ENVELOPE_FILES_BYTES_MAX &&
  files.every(({ size }) => size > 0);

/** What must be so before sealing, in the order of the page. */
function checks({ technical, commercial, price, ceilingPrice }: BidDraft) {
  return [
    ['technical', technical.length > 0],
    ['price', findOfferFault(price, ceilingPrice) === undefined],
    ['boq', commercial.some(({ name }) => /\.xlsx$/i.test(name))],
    ['fits', fits(technical) && fits(commercial)],
  ] as const;
}

export const isReady = (draft: BidDraft): boolean => checks(draft).every(([, holds]) => holds);

export function Checklist({ draft }: { readonly draft: BidDraft }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className="checklist" aria-label={t('bid.checklist')}>
      {checks(draft).map(([name, holds]) => (
        <li key={name} className={holds ? 'holds' : 'lacks'}>
          <span aria-hidden="true">{holds ? '✓' : '○'}</span> {t(`bid.check.${name}`)}
          <span className="quiet">{t(holds ? 'bid.holds' : 'bid.lacks')}</span>
        </li>
      ))}
    </ul>
  );
}
