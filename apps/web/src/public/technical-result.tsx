import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';

/** The locked technical scores by alias, best first, with the exact value behind each. */
export function TechnicalResult({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const result = useAnswer('getTechnicalResult', { tenderId });
  return (
    <section className="card">
      <h2>{t('technical.title')}</h2>
      <Answered query={result}>
        {({ results, sheets, lockedAt }) => (
          <>
            <p>
              {t('technical.locked', { experts: new Set(sheets.map(({ expert }) => expert)).size })}{' '}
              <InstantText instant={lockedAt} />
            </p>
            <div className="scroll" tabIndex={0} role="region" aria-label={t('technical.title')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('opening.alias')}</th>
                    <th scope="col">{t('technical.score')}</th>
                    <th scope="col">{t('technical.exact')}</th>
                    <th scope="col">{t('technical.passed')}</th>
                  </tr>
                </thead>
                <tbody>
                  {results.map(({ alias, rounded, score, isPassed }) => (
                    <tr key={alias}>
                      <th scope="row">{alias}</th>
                      <td>{rounded}</td>
                      <td>
                        <code>{score}</code>
                      </td>
                      <td>{t(isPassed ? 'technical.yes' : 'technical.no')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Answered>
    </section>
  );
}
