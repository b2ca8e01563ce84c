import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { useSession } from '../session/use-session.js';
import { InstantText } from '../ui/instant-text.js';
import { ObjectForm } from './object-form.js';
import type { HallOpening } from './use-hall-record.js';
import { useTakesPart } from './use-takes-part.js';

interface Props {
  readonly tender: AnswerOf<'getTender'>;
  readonly opening: HallOpening;
}

/** What was said against the opening, in the record and for everyone; trustees and bidders who took part may add to it. */
export function Objections({ tender, opening }: Props): ReactElement {
  const { t } = useTranslation();
  const { objections } = opening;
  const mayObject = useMayObject(tender);
  return (
    <>
      <h3>{t('hall.objections')}</h3>
      {objections.length === 0 ? <p className="empty">{t('hall.noObjections')}</p> : null}
      <ul>
        {objections.map(({ at, text, by, trusteeIndex }) => (
          <li key={at + text}>
            {t(`opening.objectionBy.${by}`)}
            {trusteeIndex === null ? null : `（${t('hall.nthSeat', { seat: trusteeIndex })}）`}{' '}
            <InstantText instant={at} />：{text}
          </li>
        ))}
      </ul>
      {mayObject && isOpenFor(opening) ? (
        <ObjectForm tenderId={tender.tenderId} envelopeId={opening.envelopeId} />
      ) : null}
    </>
  );
}

/** Not before the first trustee comes. How long it lasts after the opening the platform's clock decides. */
const isOpenFor = ({ stage }: HallOpening): boolean =>
  stage !== 'bidder-keys' && stage !== 'waiting' && stage !== 'failed';

function useMayObject({ tenderId, trustees }: Props['tender']): boolean {
  const session = useSession();
  const takesPart = useTakesPart(tenderId);
  return takesPart || trustees.some(({ personId }) => personId === session?.personId);
}
