import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { InstantText } from '../ui/instant-text.js';
import type { HallOpening } from './use-hall-record.js';

/** Seat by seat: who came and when, how many shares were given, and which were refused. */
export function Attendance({ opening }: { readonly opening: HallOpening }): ReactElement {
  const { t } = useTranslation();
  const { trustees, envelopes } = opening;
  const title = t('hall.attendance');
  return (
    <>
      <h3>{title}</h3>
      <div className="scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('hall.seat')}</th>
              <th scope="col">{t('hall.attendedAt')}</th>
              <th scope="col">{t('hall.shares')}</th>
              <th scope="col">{t('hall.completedAt')}</th>
            </tr>
          </thead>
          <tbody>
            {trustees.map(({ trusteeIndex, attendedAt, given, completedAt, refused }) => (
              <tr key={trusteeIndex}>
                <th scope="row">{t('hall.nthSeat', { seat: trusteeIndex })}</th>
                <td>{attendedAt ? <InstantText instant={attendedAt} /> : t('hall.absent')}</td>
                <td>
                  {given} / {envelopes}
                  {refused.length > 0 ? (
                    <span className="bad"> {t('hall.refused', { count: refused.length })}</span>
                  ) : null}
                </td>
                <td>
                  {completedAt ? (
                    <span className="good">
                      <span aria-hidden="true">✓ </span>
                      <InstantText instant={completedAt} />
                    </span>
                  ) : (
                    '—'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
