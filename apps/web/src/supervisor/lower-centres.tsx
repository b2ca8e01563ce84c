import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { RuleName } from './rule-name.js';

/** Centres below: how far their ledgers are entered here, and what is wrong with them. */
export function LowerCentres(): ReactElement {
  const { t } = useTranslation();
  const centres = useAnswer('listLowerCentres', {});
  return (
    <section className="card" aria-labelledby="centres">
      <h2 id="centres">{t('centres.title')}</h2>
      <Answered query={centres}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="empty">{t('centres.none')}</p>
          ) : (
            <ul className="notices">
              {items.map(({ regionCode, origin, size, fault }) => (
                <li key={origin}>
                  <strong>{regionCode}</strong> {origin}{' '}
                  {size === null ? t('centres.notSeen') : t('centres.size', { count: size })}{' '}
                  {fault === null ? (
                    <span className="good">{t('centres.sound')}</span>
                  ) : (
                    <strong className="bad">
                      <RuleName rule={fault} />
                    </strong>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </section>
  );
}
