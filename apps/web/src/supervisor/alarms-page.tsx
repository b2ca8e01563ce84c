import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type AnswerOf, call, type InputOf } from '../api/call.js';
import { MoreButton } from '../ui/more-button.js';
import { Refusal } from '../ui/refusal.js';
import { AlarmFilters } from './alarm-filters.js';
import { RuleName } from './rule-name.js';
import { InstantText } from '../ui/instant-text.js';

type Filters = Pick<InputOf<'listAlarms'>, 'state' | 'severity' | 'rule'>;
const PAGE_ITEMS = 20;

/** Alarms within the own regions, newest first; those that nobody has looked at unless others are chosen. */
export function AlarmsPage(): ReactElement {
  const { t } = useTranslation();
  const [filters, setFilters] = useState<Filters>({ state: 'open' });
  const pages = useInfiniteQuery({
    queryKey: ['listAlarms', 'pages', filters],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listAlarms',
        { ...filters, limit: PAGE_ITEMS, ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items);
  const counts = pages.data?.pages[0]?.counts;
  return (
    <>
      <h1>{t('alarms.title')}</h1>
      <p>
        <Link to="/supervision">{t('alarms.toWall')}</Link>
      </p>
      <AlarmFilters filters={filters} onChange={setFilters} />
      {counts ? (
        <p>{t('alarms.counts', { open: counts.open, seen: counts.acknowledged, closed: counts.closed })}</p>
      ) : null}
      {pages.error ? <Refusal error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? (
        <p className="quiet" role="status">
          {t('state.loading')}
        </p>
      ) : null}
      {items?.length === 0 ? <p className="empty">{t('alarms.none')}</p> : null}
      <ul className="notices">
        {items?.map((alarm) => (
          <AlarmCard key={alarm.alarmId} alarm={alarm} />
        ))}
      </ul>
      <MoreButton pages={pages} />
    </>
  );
}

function AlarmCard({ alarm }: { readonly alarm: AnswerOf<'listAlarms'>['items'][number] }): ReactElement {
  const { t, i18n } = useTranslation();
  const { alarmId, rule, severity, state, raisedAt, tenderTitle, regionCode } = alarm;
  return (
    <li className="card">
      <h2>
        <Link to={`/supervision/alarms/${alarmId}`}>
          <RuleName rule={rule} />
        </Link>
      </h2>
      <p>
        <strong className={severity === 'critical' ? 'bad' : ''}>{t(`alarms.severities.${severity}`)}</strong>{' '}
        · {t(`alarms.states.${state}`)} · <InstantText instant={raisedAt} />
        {regionCode === null ? null : ` · ${regionCode}`}
      </p>
      {tenderTitle === null ? null : <p>{i18n.language === 'en' ? tenderTitle.en : tenderTitle.zh}</p>}
    </li>
  );
}
