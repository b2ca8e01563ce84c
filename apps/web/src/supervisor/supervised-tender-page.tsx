import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { StageMark } from '../ui/stage-mark.js';
import { Suspension } from './suspension.js';
import { Timeline } from './timeline.js';

/** One tender before a supervisor: where it stands, whether it may go on, and what was entered of it. */
export function SupervisedTenderPage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const tender = useAnswer('getTender', { tenderId });
  return (
    <>
      <p>
        <Link to="/supervision">{t('supervision.title')}</Link>
      </p>
      <Answered query={tender}>
        {(it) => (
          <article>
            <h1>{i18n.language === 'en' ? it.title.en : it.title.zh}</h1>
            <p>
              <StageMark stage={it.stage} /> {it.regionCode}{' '}
              <Link to={`/tenders/${tenderId}`}>{t('supervision.publicPage')}</Link>
            </p>
            <Suspension tender={it} />
            <Timeline tenderId={tenderId} />
          </article>
        )}
      </Answered>
    </>
  );
}
