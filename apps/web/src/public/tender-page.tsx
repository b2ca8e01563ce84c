import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { AnswerOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { useLiveTender } from '../api/use-live-tender.js';
import { useSession } from '../session/use-session.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { MoneyText } from '../ui/money-text.js';
import { hasLeftTheWay, hasReached } from './has-reached.js';
import { BidExplanations } from './bid-explanations.js';
import { Corrections } from './corrections.js';
import { OpeningRecord } from './opening-record.js';
import { Ranking } from './ranking.js';
import { Robustness } from './robustness.js';
import { TechnicalResult } from './technical-result.js';
import { TenderDocuments } from './tender-documents.js';
import { TenderFacts } from './tender-facts.js';
import { TenderProgress } from './tender-progress.js';
import { TenderQuestions } from './tender-questions.js';

type Tender = AnswerOf<'getTender'>;

/** Everything that is public of one tender, the latest first. */
export function TenderPage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const session = useSession();
  const liveness = useLiveTender(tenderId);
  const tender = useAnswer('getTender', { tenderId });
  return (
    <Answered query={tender}>
      {(it) => (
        <article>
          <h1>{i18n.language === 'en' ? it.title.en : it.title.zh}</h1>
          <p>
            {it.stage === 'published' ? <Countdown until={it.deadlineAt} /> : null}{' '}
            <span className={`liveness is-${liveness}`} role="status">
              {t(`live.${liveness}`)}
            </span>
          </p>
          {session?.roles.includes('bidder') ? (
            <p>
              <Link className="button" to={`/tenders/${tenderId}/bid`}>
                {t('bid.open')}
              </Link>
            </p>
          ) : null}
          <TenderProgress tender={it} />
          {hasReached(it, 'closed') ? (
            <p>
              <Link to={`/tenders/${tenderId}/opening`}>{t('hall.enter')}</Link>
            </p>
          ) : null}
          <Award tender={it} />
          {hasReached(it, 'ranked') ? (
            <>
              <Ranking tenderId={tenderId} currency={it.currency} withSteps={it.stage !== 'awarded'} />
              <Robustness tenderId={tenderId} />
              <Corrections tender={it} />
            </>
          ) : null}
          {it.stage === 'awarded' || hasLeftTheWay(it) ? <BidExplanations tenderId={tenderId} /> : null}
          {hasReached(it, 'scores-locked') ? <TechnicalResult tenderId={tenderId} /> : null}
          {hasReached(it, 'closed') || hasLeftTheWay(it) ? <OpeningRecord tenderId={tenderId} /> : null}
          <TenderFacts tender={it} />
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
          <p>
            <Link to={`/verify?tender=${tenderId}`}>{t('verify.here')}</Link>
          </p>
        </article>
      )}
    </Answered>
  );
}

function Award({ tender: { award, currency } }: { readonly tender: Tender }): ReactElement | null {
  const { t } = useTranslation();
  if (!award) return null;
  return (
    <section className="card award">
      <h2>{t('tender.award')}</h2>
      <p>
        <strong>{award.alias}</strong> <MoneyText amount={award.price} currency={currency} />
      </p>
    </section>
  );
}
