import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeId } from '#contracts';
import type { AnswerOf } from '../api/call.js';
import { Attendance } from './attendance.js';
import type { Ceremony } from './ceremony.js';
import { CeremonyLog } from './ceremony-log.js';
import { Objections } from './objections.js';
import { OpeningState } from './opening-state.js';
import { ReadOut } from './read-out.js';
import { RevealRescue } from './reveal-rescue.js';
import type { HallRecord } from './use-hall-record.js';

/** One kind of envelopes: how its opening stands, who takes part in it, what came of it. */
export function HallOpeningSection({
  tender,
  envelopeId,
  record,
  ceremony,
}: {
  readonly tender: AnswerOf<'getTender'>;
  readonly envelopeId: EnvelopeId;
  readonly record: HallRecord;
  readonly ceremony: Ceremony;
}): ReactElement {
  const { t } = useTranslation();
  const opening = record.openings.find((one) => one.envelopeId === envelopeId);
  return (
    <section className="card" aria-label={t('hall.of', { envelope: t(`envelopes.${envelopeId}`) })}>
      <h2>{t('hall.of', { envelope: t(`envelopes.${envelopeId}`) })}</h2>
      {opening ? (
        <>
          <OpeningState opening={opening} ceremony={ceremony} />
          {opening.stage === 'rescue' ? (
            <RevealRescue tenderId={tender.tenderId} envelopeId={envelopeId} />
          ) : null}
          {opening.items.length > 0 ? <ReadOut tender={tender} opening={opening} record={record} /> : null}
          <Attendance opening={opening} />
          <Objections tender={tender} opening={opening} />
          <CeremonyLog lines={ceremony.lines} />
        </>
      ) : (
        <p className="empty">{t(`hall.waits.${envelopeId}`)}</p>
      )}
    </section>
  );
}
