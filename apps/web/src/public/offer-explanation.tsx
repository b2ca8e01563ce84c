import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';

/** How one bid was scored, a sentence a step, asked for when it is opened; for those who may read it. */
export function OfferExplanation({
  tenderId,
  alias,
}: {
  readonly tenderId: string;
  readonly alias: string;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const explanation = useAnswer('explainOffer', isOpen ? { tenderId, alias, language } : null);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('ranking.explain', { alias })}</summary>
      {isOpen ? (
        <Answered query={explanation}>
          {({ hash, rank, total, sentences }) => (
            <>
              {hash === null ? (
                <p className="quiet">{t('explained.technicalOnly')}</p>
              ) : (
                <p>
                  {rank === null ? t('explained.unranked') : t('explained.rank', { rank })}{' '}
                  {total ? (
                    <span title={total.exact}>{t('explained.total', { total: total.rounded })}</span>
                  ) : null}
                </p>
              )}
              <ol>
                {sentences.map((sentence, at) => (
                  <li key={`${at} ${sentence}`}>{sentence}</li>
                ))}
              </ol>
              {hash === null ? null : (
                <p className="quiet">
                  {t('explained.hash')} <code>{hash}</code>
                </p>
              )}
            </>
          )}
        </Answered>
      ) : null}
    </details>
  );
}
