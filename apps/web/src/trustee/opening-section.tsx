import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EnvelopeId, OpeningStage } from '#contracts';
import type { TrusteeKey } from '#sealing';
import type { AnswerOf } from '../api/call.js';
import { type HallOpening, useHallRecord } from '../opening-hall/use-hall-record.js';
import { hasLeftTheWay, hasReached } from '../public/has-reached.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { OpeningDesk } from './opening-desk.js';

interface Props {
  readonly tender: AnswerOf<'getTender'>;
  readonly envelopeId: EnvelopeId;
  readonly personId: string;
  readonly trusteeKey: TrusteeKey | null;
}

/** Trustees act until the quorum is complete; also in the rescue window, which they end. */
const TAKES_SHARES: ReadonlySet<OpeningStage> = new Set(['waiting', 'in-session', 'rescue']);

/** One opening as this trustee has to do with it. */
export function OpeningSection(props: Props): ReactElement {
  const { t } = useTranslation();
  const { tender, envelopeId } = props;
  const record = useHallRecord(tender.tenderId);
  const title = t('trustee.opening', { envelope: t(`envelopes.${envelopeId}`) });
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {hasReached(tender, 'closed') || hasLeftTheWay(tender) ? (
        <Answered query={record}>
          {({ openings }) => (
            <Standing {...props} opening={openings.find((one) => one.envelopeId === envelopeId)} />
          )}
        </Answered>
      ) : (
        <p>
          {t('trustee.tooEarly')} <Countdown until={tender.deadlineAt} />
        </p>
      )}
    </section>
  );
}

function Standing({
  tender,
  envelopeId,
  personId,
  trusteeKey,
  opening,
}: Props & { readonly opening: HallOpening | undefined }): ReactElement {
  const { t } = useTranslation();
  if (!opening && hasLeftTheWay(tender)) return <p className="empty">{t('trustee.ended')}</p>;
  // The technical opening begins with whoever comes first.
  if (!opening && envelopeId === 'commercial') return <p className="empty">{t('trustee.waitsScores')}</p>;
  const seat = tender.trustees.findIndex((one) => one.personId === personId) + 1;
  const hasGiven = opening?.trusteesPresent.includes(seat) ?? false;
  const takesShares = !opening || TAKES_SHARES.has(opening.stage);
  return (
    <>
      {opening ? (
        <p role="status">
          <strong>{t(`openingStages.${opening.stage}`)}</strong>{' '}
          {t('hall.quorum', { present: opening.trusteesPresent.length, quorum: opening.quorum })}
        </p>
      ) : null}
      {hasGiven ? <p className="good">{t('trustee.yours')}</p> : null}
      {opening && !takesShares ? (
        <p>
          {t(`hall.meaning.${opening.stage}`)}{' '}
          <Link to={`/tenders/${tender.tenderId}/opening`}>{t('trustee.hall')}</Link>
        </p>
      ) : null}
      {takesShares && !hasGiven && !trusteeKey ? <p className="quiet">{t('trustee.unlockFirst')}</p> : null}
      {takesShares && !hasGiven && trusteeKey ? (
        <OpeningDesk tenderId={tender.tenderId} envelopeId={envelopeId} trusteeKey={trusteeKey} />
      ) : null}
    </>
  );
}
