import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { useLiveTender } from '../api/use-live-tender.js';
import { hasReached } from '../public/has-reached.js';
import { Corrections } from '../public/corrections.js';
import { Ranking } from '../public/ranking.js';
import { Robustness } from '../public/robustness.js';
import { TechnicalResult } from '../public/technical-result.js';
import { TenderProgress } from '../public/tender-progress.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { AwardSteps } from './award-steps.js';
import { BundleHint } from './bundle-hint.js';
import { CancelTender } from './cancel-tender.js';
import { OpenQuestions } from './open-questions.js';
import { PricesInQuestion } from './prices-in-question.js';
import { ProposeCorrection } from './propose-correction.js';
import { PublishDraft } from './publish-draft.js';

/** A buyer’s work in one tender, whatever its stage: what is to be done now stands first. */
export function TenderDeskPage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const tender = useAnswer('getTender', { tenderId });
  useLiveTender(tenderId);
  return (
    <Answered query={tender}>
      {(it) => {
        const isDraft = it.stage === 'draft';
        const ended = it.stage === 'failed' || it.stage === 'cancelled';
        return (
          <>
            <h1>{i18n.language === 'en' ? it.title.en : it.title.zh}</h1>
            {isDraft ? null : <TenderProgress tender={it} />}
            <p>
              {it.stage === 'published' ? <Countdown until={it.deadlineAt} /> : null}{' '}
              {isDraft ? (
                <Link to={`/work/tenders/${tenderId}/draft`}>{t('draft.edit')}</Link>
              ) : (
                <Link to={`/tenders/${tenderId}`}>{t('desk.publicPage')}</Link>
              )}
            </p>
            {isDraft ? <PublishDraft tender={it} /> : null}
            {hasReached(it, 'commercial-opened') ? <PricesInQuestion tender={it} /> : null}
            <AwardSteps tender={it} />
            {isDraft || ended ? null : <OpenQuestions tender={it} />}
            {hasReached(it, 'ranked') ? (
              <>
                <Ranking tenderId={tenderId} currency={it.currency} />
                <Robustness tenderId={tenderId} />
                <Corrections tender={it} />
              </>
            ) : null}
            {it.stage === 'ranked' ? <ProposeCorrection tender={it} /> : null}
            {hasReached(it, 'scores-locked') ? <TechnicalResult tenderId={tenderId} /> : null}
            {it.stage === 'awarded' ? <BundleHint tenderId={tenderId} /> : null}
            <CancelTender tender={it} />
          </>
        );
      }}
    </Answered>
  );
}
