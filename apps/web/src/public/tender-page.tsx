import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { useLiveTender } from '../api/use-live-tender.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { StageMark } from '../ui/stage-mark.js';
import { TenderDocuments } from './tender-documents.js';
import { TenderQuestions } from './tender-questions.js';

/** Everything that is public of one tender. */
export function TenderPage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const liveness = useLiveTender(tenderId);
  const tender = useAnswer('getTender', { tenderId });
  return (
    <Answered query={tender}>
      {(it) => (
        <article>
          <h1>{i18n.language === 'en' ? it.title.en : it.title.zh}</h1>
          <p>
            <StageMark stage={it.stage} />{' '}
            {it.stage === 'published' ? <Countdown until={it.deadlineAt} /> : null}{' '}
            <span className={`liveness is-${liveness}`} role="status">
              {t(`live.${liveness}`)}
            </span>
          </p>
          <section className="card">
            <h2>{t('tender.summary')}</h2>
            <p>{it.summary}</p>
          </section>
          <TenderDocuments tender={it} />
          <section className="card">
            <h2>{t('tender.clauses')}</h2>
            {it.clauses.map(({ id, title, text }) => (
              <section key={id}>
                <h3>{title}</h3>
                <p>{text}</p>
              </section>
            ))}
          </section>
          <TenderQuestions tenderId={tenderId} />
        </article>
      )}
    </Answered>
  );
}
