import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { AnswerOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';
import { HandleAlarm } from './handle-alarm.js';
import { RuleName } from './rule-name.js';

type Alarm = AnswerOf<'getAlarm'>;

/** One alarm: what was found, the entries that show it, and what was done with it. */
export function AlarmPage(): ReactElement {
  const { alarmId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const alarm = useAnswer('getAlarm', { alarmId });
  return (
    <>
      <p>
        <Link to="/supervision/alarms">{t('alarms.title')}</Link>
      </p>
      <Answered query={alarm}>
        {(it) => (
          <article>
            <h1>
              <RuleName rule={it.rule} />
            </h1>
            <p>
              <strong className={it.severity === 'critical' ? 'bad' : ''}>
                {t(`alarms.severities.${it.severity}`)}
              </strong>{' '}
              · {t(`alarms.states.${it.state}`)} · <InstantText instant={it.raisedAt} />
            </p>
            {it.tenderId === null ? null : (
              <p>
                <Link to={`/supervision/tenders/${it.tenderId}`}>
                  {(i18n.language === 'en' ? it.tenderTitle?.en : it.tenderTitle?.zh) ?? it.tenderId}
                </Link>
              </p>
            )}
            <Evidence alarm={it} />
            <Handling alarm={it} />
            <HandleAlarm alarmId={it.alarmId} state={it.state} />
          </article>
        )}
      </Answered>
    </>
  );
}

/** Entries can be checked; all else is shown as the ledger has it, with the names that belong to ids. */
function Evidence({ alarm: { evidence, names } }: { readonly alarm: Alarm }): ReactElement {
  const { t } = useTranslation();
  const entries: readonly unknown[] = Array.isArray(evidence['entries']) ? evidence['entries'] : [];
  const rest = Object.fromEntries(Object.entries(evidence).filter(([name]) => name !== 'entries'));
  return (
    <section className="card" aria-labelledby="evidence">
      <h2 id="evidence">{t('alarms.evidence')}</h2>
      <ul className="places">
        {entries.map((index) => (
          <li key={String(index)}>
            <Link to={`/verify?entry=${String(index)}`}>
              {t('supervision.entryNo', { index: String(index) })}
            </Link>
          </li>
        ))}
      </ul>
      <pre className="paper">{JSON.stringify(rest, null, 2)}</pre>
      {Object.keys(names).length > 0 ? (
        <dl className="facts">
          {Object.entries(names).map(([id, name]) => (
            <div key={id}>
              <dt>
                <code>{id}</code>
              </dt>
              <dd>{name}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}

function Handling({ alarm: { handling } }: { readonly alarm: Alarm }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="handling">
      <h2 id="handling">{t('alarms.handling')}</h2>
      {handling.length === 0 ? <p className="empty">{t('alarms.notHandled')}</p> : null}
      <ol>
        {handling.map(({ personId, name, at, to, reason }) => (
          <li key={`${at} ${to}`}>
            <InstantText instant={at} /> · {name ?? personId} · {t(`alarms.states.${to}`)}
            <p>{reason}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
