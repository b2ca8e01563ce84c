import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { InstantText } from '../ui/instant-text.js';
import { MoneyText } from '../ui/money-text.js';

/** What everyone asks first of a tender. */
export function TenderFacts({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement {
  const { t } = useTranslation();
  const { ceilingPrice, currency, deadlineAt, questionsUntil, publishedAt, standstillEndsAt, quorum, tid } =
    tender;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('notices.region'), tender.regionCode],
    [t('notices.ceiling'), <MoneyText amount={ceilingPrice} currency={currency} />],
    [t('notices.deadline'), <InstantText instant={deadlineAt} />],
    [t('tender.questionsUntil'), questionsUntil ? <InstantText instant={questionsUntil} /> : null],
    [t('notices.published'), publishedAt ? <InstantText instant={publishedAt} /> : null],
    [t('tender.standstillEnds'), standstillEndsAt ? <InstantText instant={standstillEndsAt} /> : null],
    [t('tender.trustees'), t('tender.quorum', { quorum, trustees: tender.trustees.length })],
    [t('tender.descriptor'), tid ? <code>{tid}</code> : null],
  ];
  return (
    <section className="card">
      <h2>{t('tender.overview')}</h2>
      <p>{tender.summary}</p>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
