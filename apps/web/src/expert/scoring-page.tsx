import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { useLiveTender } from '../api/use-live-tender.js';
import { Answered } from '../ui/answered.js';
import { StageMark } from '../ui/stage-mark.js';
import { Declaration } from './declaration.js';
import { ScoreDesk } from './score-desk.js';
import { useScoringWork } from './use-scoring-work.js';

/** An expert’s whole work in one tender: declare, read blind documents, mark, sign. */
export function ScoringPage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const tender = useAnswer('getTender', { tenderId });
  const work = useScoringWork(tenderId);
  useLiveTender(tenderId);
  return (
    <>
      <Answered query={tender}>
        {({ title, stage }) => (
          <>
            <h1>
              {t('scoring.title')}：
              <Link to={`/tenders/${tenderId}`}>{i18n.language === 'en' ? title.en : title.zh}</Link>
            </h1>
            <p>
              <StageMark stage={stage} />
            </p>
          </>
        )}
      </Answered>
      <Answered query={work}>
        {(it) => {
          if (it === null) return <Declaration tenderId={tenderId} />;
          if (!it.signedAt) return <ScoreDesk tenderId={tenderId} work={it} />;
          return (
            <p className="card" role="status">
              {t('scoring.signed')}
            </p>
          );
        }}
      </Answered>
    </>
  );
}
