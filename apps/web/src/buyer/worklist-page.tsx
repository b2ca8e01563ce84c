import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Stage } from '#contracts';
import { useAll } from '../api/use-all.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';
import { MoneyText } from '../ui/money-text.js';
import { StageMark } from '../ui/stage-mark.js';

/** In the order in which they ask something of the buyer; what has ended comes last. */
const ORDER: readonly Stage[] = [
  'draft',
  'ranked',
  'standstill',
  'suspended',
  'published',
  'closed',
  'technical-opened',
  'scores-locked',
  'commercial-opened',
  'awarded',
  'failed',
  'cancelled',
];

/** The own tenders by stage. */
export function WorklistPage(): ReactElement {
  const { t, i18n } = useTranslation();
  const mine = useAll('listTenders', { mine: 'true' });
  return (
    <>
      <h1>{t('worklist.title')}</h1>
      <p>
        <Link className="button" to="/work/tenders/new">
          {t('draft.new')}
        </Link>
      </p>
      <Answered query={mine}>
        {({ items }) => {
          const groups = ORDER.map((stage) => ({
            stage,
            tenders: items.filter((tender) => tender.stage === stage),
          })).filter(({ tenders }) => tenders.length > 0);
          if (groups.length === 0) return <p className="empty">{t('worklist.none')}</p>;
          return groups.map(({ stage, tenders }) => (
            <section key={stage} className="card" aria-label={t(`stages.${stage}`)}>
              <h2>
                <StageMark stage={stage} /> {t('worklist.count', { count: tenders.length })}
              </h2>
              <p className="quiet">{t(`worklist.todo.${stage}`)}</p>
              <div className="scroll" tabIndex={0} role="region" aria-label={t(`stages.${stage}`)}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('worklist.tender')}</th>
                      <th scope="col">{t('notices.ceiling')}</th>
                      <th scope="col">{t('notices.deadline')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {tenders.map(({ tenderId, title, ceilingPrice, currency, deadlineAt }) => (
                      <tr key={tenderId}>
                        <th scope="row">
                          <Link to={`/work/tenders/${tenderId}`}>
                            {i18n.language === 'en' ? title.en : title.zh}
                          </Link>
                        </th>
                        <td>
                          <MoneyText amount={ceilingPrice} currency={currency} />
                        </td>
                        <td>
                          <InstantText instant={deadlineAt} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          ));
        }}
      </Answered>
    </>
  );
}
