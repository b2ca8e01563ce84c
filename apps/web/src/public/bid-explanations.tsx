import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../api/use-answer.js';
import { OfferExplanation } from './offer-explanation.js';

/** Every bid that was scored, also those that did not pass, with the way to its score: for everyone after the award. */
export function BidExplanations({ tenderId }: { readonly tenderId: string }): ReactElement | null {
  const { t } = useTranslation();
  const technical = useAnswer('getTechnicalResult', { tenderId });
  // A tender that ended before scores were locked has nothing to explain.
  if (!technical.data) return null;
  return (
    <section className="card" aria-label={t('explained.title')}>
      <h2>{t('explained.title')}</h2>
      {technical.data.results.map(({ alias }) => (
        <OfferExplanation key={alias} tenderId={tenderId} alias={alias} />
      ))}
    </section>
  );
}
