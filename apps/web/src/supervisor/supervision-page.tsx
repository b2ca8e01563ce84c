import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { LiveFeed } from './live-feed.js';
import { RunningTenders } from './running-tenders.js';

/** Worst first. */
const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** The wall of a supervisor: alarms that are open, what is running, and what is entered now. */
export function SupervisionPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('supervision.title')}</h1>
      <nav className="places" aria-label={t('supervision.places')}>
        <Link to="/supervision/entries">{t('entries.title')}</Link>
        <Link to="/supervision/reconciliation">{t('reconciliation.page')}</Link>
      </nav>
      <OpenAlarms />
      <div className="columns">
        <RunningTenders />
        <LiveFeed />
      </div>
    </>
  );
}

function OpenAlarms(): ReactElement {
  const { t } = useTranslation();
  const alarms = useAnswer('listAlarms', { state: 'open', limit: 1 });
  return (
    <section className="card" aria-labelledby="open-alarms">
      <h2 id="open-alarms">{t('supervision.openAlarms')}</h2>
      <Answered query={alarms}>
        {({ counts: { bySeverity } }) => (
          <ul className="places">
            {SEVERITIES.map((severity) => (
              <li key={severity} className={severity === 'critical' && bySeverity.critical > 0 ? 'bad' : ''}>
                {t(`alarms.severities.${severity}`)} <strong>{bySeverity[severity]}</strong>
              </li>
            ))}
          </ul>
        )}
      </Answered>
      <Link to="/supervision/alarms">{t('alarms.title')}</Link>
    </section>
  );
}
