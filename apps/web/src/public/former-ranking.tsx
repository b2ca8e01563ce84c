import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationResult } from '#evaluation';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';

/** What a version of the evaluation came to that counts no more, asked for when it is opened. */
export function FormerRanking({
  tenderId,
  version,
}: {
  readonly tenderId: string;
  readonly version: number;
}): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const evaluation = useAnswer('getEvaluation', isOpen ? { tenderId, version } : null);
  const title = t('corrections.former', { version });
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen ? (
        <Answered query={evaluation}>
          {({ document, hash }) => {
            const { bids } = document.result as unknown as EvaluationResult;
            const sorted = [...bids].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
            return (
              <>
                <p className="quiet">
                  {t('ranking.hash')} <code>{hash}</code>
                </p>
                <div className="scroll" tabIndex={0} role="region" aria-label={title}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">{t('ranking.rank')}</th>
                        <th scope="col">{t('opening.alias')}</th>
                        <th scope="col">{t('ranking.total')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {sorted.map(({ id, rank, total }) => (
                        <tr key={id}>
                          <td>{rank ?? t('ranking.void')}</td>
                          <th scope="row">{id}</th>
                          <td title={total?.exact}>{total?.rounded}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </>
            );
          }}
        </Answered>
      ) : null}
    </details>
  );
}
