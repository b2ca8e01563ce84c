import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InstantText } from '../ui/instant-text.js';
import { Refusal } from '../ui/refusal.js';
import { LowerCentres } from './lower-centres.js';
import { type Reconciliation, useReconciliation } from './use-reconciliation.js';

/** Whether the ledger holds all that was done: here on demand, and in the centres below as they were last seen. */
export function ReconciliationPage(): ReactElement {
  const { t } = useTranslation();
  const { run, begin, stop } = useReconciliation();
  const isRunning = run?.state === 'running';
  return (
    <>
      <h1>{t('reconciliation.page')}</h1>
      <p>
        <Link to="/supervision">{t('supervision.title')}</Link>
      </p>
      <LowerCentres />
      <section className="card" aria-labelledby="reconciliation">
        <h2 id="reconciliation">{t('reconciliation.title')}</h2>
        <p className="quiet">{t('reconciliation.hint')}</p>
        <button type="button" className="primary" onClick={isRunning ? stop : begin}>
          {t(isRunning ? 'reconciliation.stop' : 'reconciliation.begin')}
        </button>
        {run ? <Progress run={run} /> : null}
      </section>
    </>
  );
}

function Progress({ run }: { readonly run: Reconciliation }): ReactElement {
  const { t } = useTranslation();
  const { state, pages, rows, entries, last, differences, error } = run;
  return (
    <>
      <p role="status">
        {t(`reconciliation.states.${state}`)} {t('reconciliation.compared', { pages, rows, entries })}{' '}
        {state === 'running' ? <progress aria-label={t('reconciliation.states.running')} /> : null}
      </p>
      {error ? <Refusal error={error} /> : null}
      {differences.length === 0 ? (
        state === 'done' ? (
          <p className="good">{t('reconciliation.none')}</p>
        ) : null
      ) : (
        <ul className="bad">
          {differences.map(({ kind, producer, seq, index, sealed }) => (
            <li key={`${kind} ${producer} ${seq} ${index} ${sealed}`}>
              {t(`reconciliation.kinds.${kind}`)}{' '}
              <code>{[producer, seq, sealed].filter(Boolean).join(' ')}</code>{' '}
              {index === null ? null : (
                <Link to={`/verify?entry=${index}`}>{t('supervision.entryNo', { index })}</Link>
              )}
            </li>
          ))}
        </ul>
      )}
      {last?.gaps.map(({ producer, from, since }) => (
        <p key={producer} className="bad">
          {t('reconciliation.gap', { producer, from })} <InstantText instant={since} />
        </p>
      ))}
      {last?.lastRun ? (
        <p className="quiet">
          {t('reconciliation.lastRun', { differences: last.lastRun.differences })}{' '}
          <InstantText instant={last.lastRun.finishedAt} />
        </p>
      ) : null}
    </>
  );
}
