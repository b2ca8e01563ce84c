import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { OfferExplanation } from '../public/offer-explanation.js';

/** How the own bid was scored, once scores are locked. */
export function OwnExplanation({
  tenderId,
  alias,
}: {
  readonly tenderId: string;
  readonly alias: string;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('explained.own')}>
      <h2>{t('explained.own')}</h2>
      <OfferExplanation tenderId={tenderId} alias={alias} />
    </section>
  );
}
