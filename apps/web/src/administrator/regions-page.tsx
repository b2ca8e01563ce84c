import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { REGIONS } from '../ui/regions.js';

/** What the platform goes by and nobody changes here yet: regions and days. */
export function RegionsPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('regions.title')}</h1>
      <section className="card">
        <h2>{t('regions.regions')}</h2>
        <p className="quiet">{t('regions.static')}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('regions.code')}</th>
              <th scope="col">{t('regions.zh')}</th>
              <th scope="col">{t('regions.en')}</th>
            </tr>
          </thead>
          <tbody>
            {REGIONS.map(({ code, zh, en }) => (
              <tr key={code}>
                <th scope="row">{code}</th>
                <td lang="zh-CN">{zh}</td>
                <td lang="en">{en}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card">
        <h2>{t('regions.calendar')}</h2>
        <p>{t('regions.calendarMissing')}</p>
      </section>
    </>
  );
}
