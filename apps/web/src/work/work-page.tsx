import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { useSession } from '../session/use-session.js';
import { Answered } from '../ui/answered.js';
import { StageMark } from '../ui/stage-mark.js';

/** Pages of a role that are about no single tender. */
const PLACES = [
  { role: 'buyer', to: '/work/tenders', name: 'workLinks.tenders' },
  { role: 'registrar', to: '/work/organisations', name: 'work.organisations' },
  { role: 'supervisor', to: '/supervision', name: 'supervision.title' },
  { role: 'administrator', to: '/work/accounts', name: 'workLinks.accounts' },
  { role: 'administrator', to: '/work/regions', name: 'workLinks.regions' },
] as const;

/** Where everyone begins: what waits for the own roles. */
export function WorkPage(): ReactElement {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const mine = useAnswer('listTenders', { mine: 'true' });
  return (
    <>
      <h1>{t('work.title')}</h1>
      <p>{session?.roles.map((role) => t(`work.roles.${role}`)).join(' · ')}</p>
      <ul className="places">
        {PLACES.filter(({ role }) => session?.roles.includes(role)).map(({ to, name }) => (
          <li key={to}>
            <Link to={to}>{t(name)}</Link>
          </li>
        ))}
      </ul>
      <Answered query={mine}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="empty">{t('work.none')}</p>
          ) : (
            <ul className="notices">
              {items.map(({ tenderId, title, stage }) => (
                <li key={tenderId} className="card">
                  <h2>
                    <Link to={`/tenders/${tenderId}`}>{i18n.language === 'en' ? title.en : title.zh}</Link>
                  </h2>
                  <StageMark stage={stage} />{' '}
                  {session?.roles.includes('buyer') ? (
                    <Link to={`/work/tenders/${tenderId}`}>{t('workLinks.manage')}</Link>
                  ) : null}
                  {session?.roles.includes('trustee') ? (
                    <Link to={`/tenders/${tenderId}/trustee`}>{t('trustee.open')}</Link>
                  ) : null}
                  {session?.roles.includes('expert') ? (
                    <Link to={`/tenders/${tenderId}/scoring`}>{t('scoring.open')}</Link>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </>
  );
}
