import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { useSession } from '../session/use-session.js';
import { Answered } from '../ui/answered.js';
import { StageMark } from '../ui/stage-mark.js';

/** Where everyone begins: what waits for the own roles. */
export function WorkPage(): ReactElement {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const mine = useAnswer('listTenders', { mine: 'true' });
  return (
    <>
      <h1>{t('work.title')}</h1>
      <p>{session?.roles.map((role) => t(`work.roles.${role}`)).join(' · ')}</p>
      {session?.roles.includes('registrar') ? (
        <p>
          <Link to="/work/organisations">{t('work.organisations')}</Link>
        </p>
      ) : null}
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
                  <StageMark stage={stage} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </>
  );
}
