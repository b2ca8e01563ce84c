import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationResult } from '#evaluation';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { MoneyText } from '../ui/money-text.js';
import { PricePositions } from './price-positions.js';
import { ScoreSpread } from './score-spread.js';

/** The ranking and, for each bid, the sentences that lead to it: those of the trace that the hash covers. */
export function Ranking({
  tenderId,
  currency,
  withSteps = true,
}: {
  readonly tenderId: string;
  readonly currency: string;
  /** Left out where every bid is explained anyway. */
  readonly withSteps?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const evaluation = useAnswer('getEvaluation', { tenderId });
  return (
    <section className="card">
      <h2>{t('tender.ranking')}</h2>
      <Answered query={evaluation}>
        {({ document, hash }) => {
          const result = document.result as unknown as EvaluationResult;
          const bids = [...result.bids].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
          return (
            <>
              <p className="quiet">
                {t('ranking.hash')} <code>{hash}</code>
              </p>
              <div className="scroll" tabIndex={0} role="region" aria-label={t('tender.ranking')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('ranking.rank')}</th>
                      <th scope="col">{t('opening.alias')}</th>
                      <th scope="col">{t('ranking.price')}</th>
                      <th scope="col">{t('ranking.priceScore')}</th>
                      <th scope="col">{t('technical.score')}</th>
                      <th scope="col">{t('ranking.total')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {bids.map(({ id, rank, price, priceScore, technicalScore, total }) => (
                      <tr key={id}>
                        <td>{rank ?? t('ranking.void')}</td>
                        <th scope="row">{id}</th>
                        <td>
                          <MoneyText amount={price} currency={currency} />
                        </td>
                        <td title={priceScore?.exact}>{priceScore?.rounded}</td>
                        <td title={technicalScore?.exact}>{technicalScore?.rounded}</td>
                        <td title={total?.exact}>{total?.rounded}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <PricePositions result={result} currency={currency} />
              <ScoreSpread result={result} />
              {withSteps ? bids.map(({ id }) => <Explanation key={id} result={result} alias={id} />) : null}
            </>
          );
        }}
      </Answered>
    </section>
  );
}

function Explanation({
  result,
  alias,
}: {
  readonly result: EvaluationResult;
  readonly alias: string;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const steps = result.trace.filter(
    ({ subject, rule }) => (subject === alias || subject === 'all') && !rule.startsWith('flag.'),
  );
  return (
    <details>
      <summary>{t('ranking.explain', { alias })}</summary>
      <ol>
        {steps.map(({ rule, subject, sentence, exact }, i) => (
          <li key={`${rule}${subject}${i}`} title={exact}>
            {i18n.language === 'en' ? sentence.en : sentence.zh}
          </li>
        ))}
      </ol>
    </details>
  );
}
