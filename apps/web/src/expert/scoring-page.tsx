import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isProblem } from '../api/problem.js';
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
  const mustDeclare = isProblem(work.error) && work.error.code === 'declaration.missing';
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
      {mustDeclare ? (
        <Declaration tenderId={tenderId} />
      ) : (
        <Answered query={work}>
          {(it) =>
            it.signedAt ? (
              <p className="card" role="status">
                {t('scoring.signed')}
              </p>
            ) : (
              <ScoreDesk tenderId={tenderId} work={it} />
            )
          }
        </Answered>
      )}
    </>
  );
}
