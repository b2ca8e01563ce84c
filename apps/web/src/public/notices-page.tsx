import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Stage } from '#contracts';
import { type AnswerOf, call } from '../api/call.js';
import { MoreButton } from '../ui/more-button.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { InstantText } from '../ui/instant-text.js';
import { MoneyText } from '../ui/money-text.js';
import { StageMark } from '../ui/stage-mark.js';
import { NoticeFilters, type Filters } from './notice-filters.js';

type Tender = AnswerOf<'listTenders'>['items'][number];

/** All published tenders, newest first; open to everyone. */
export function NoticesPage(): ReactElement {
  const { t } = useTranslation();
  const [filters, setFilters] = useState<Filters>({ text: '', stage: '', regionCode: '' });
  const { stage, regionCode, text } = filters;
  const pages = useInfiniteQuery({
    queryKey: ['listTenders', stage, regionCode],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listTenders',
        {
          ...(stage ? { stage: stage as Stage } : {}),
          ...(/^\d{6}(\d{3})?$/.test(regionCode) ? { regionCode } : {}),
          ...(pageParam ? { after: pageParam } : {}),
          limit: 20,
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return (
    <>
      <h1>{t('notices.title')}</h1>
      <NoticeFilters filters={filters} onChange={setFilters} />
      <Answered query={pages as never}>
        {() => {
          const all = pages.data!.pages.flatMap(({ items }) => items);
          const shown = all.filter(({ title }) =>
            `${title.zh} ${title.en}`.toLowerCase().includes(text.toLowerCase()),
          );
          if (shown.length === 0)
            return (
              <p className="empty">
                {all.length === 0 && !stage && !regionCode ? t('notices.noneYet') : t('notices.none')}
              </p>
            );
          return (
            <ul className="notices">
              {shown.map((tender) => (
                <NoticeCard key={tender.tenderId} tender={tender} />
              ))}
            </ul>
          );
        }}
      </Answered>
      <MoreButton pages={pages} />
    </>
  );
}

function NoticeCard({ tender }: { readonly tender: Tender }): ReactElement {
  const { t, i18n } = useTranslation();
  return (
    <li className="card">
      <h2>
        <Link to={`/tenders/${tender.tenderId}`}>
          {i18n.language === 'en' ? tender.title.en : tender.title.zh}
        </Link>
      </h2>
      <p>
        <StageMark stage={tender.stage} /> {tender.regionCode}
      </p>
      <dl className="facts">
        <div>
          <dt>{t('notices.ceiling')}</dt>
          <dd>
            <MoneyText amount={tender.ceilingPrice} currency={tender.currency} />
          </dd>
        </div>
        <div>
          <dt>{t('notices.deadline')}</dt>
          <dd>
            <InstantText instant={tender.deadlineAt} />
          </dd>
        </div>
        {tender.publishedAt ? (
          <div>
            <dt>{t('notices.published')}</dt>
            <dd>
              <InstantText instant={tender.publishedAt} />
            </dd>
          </div>
        ) : null}
      </dl>
      {tender.stage === 'published' ? <Countdown until={tender.deadlineAt} /> : null}
    </li>
  );
}
