import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpeningStage } from '#contracts';
import { Countdown } from '../ui/countdown.js';
import { InstantText } from '../ui/instant-text.js';
import type { Ceremony } from './ceremony.js';
import type { HallOpening } from './use-hall-record.js';

const WRONG: ReadonlySet<OpeningStage> = new Set(['halted', 'rescue', 'failed']);

/** The stage of an opening with what it means, how long it lasts, and how far it is. */
export function OpeningState({
  opening,
  ceremony,
}: {
  readonly opening: HallOpening;
  readonly ceremony: Ceremony;
}): ReactElement {
  const { t } = useTranslation();
  const { stage, openedAt, halted, envelopes, quorum, trusteesPresent } = opening;
  return (
    <div className={WRONG.has(stage) ? 'refusal' : ''}>
      <p role="status">
        <strong>{t(`openingStages.${stage}`)}</strong> · {t('hall.envelopes', { count: envelopes })}
        {openedAt ? (
          <>
            {' · '}
            <InstantText instant={openedAt} />
          </>
        ) : null}
      </p>
      <p>
        {t(`hall.meaning.${stage}`)} <Until opening={opening} />
      </p>
      {halted ? (
        <p>
          <InstantText instant={halted.at} /> {t(`hall.haltedBy.${halted.fault}`, { count: halted.count })}
        </p>
      ) : null}
      {stage === 'waiting' || stage === 'in-session' || stage === 'rescue' ? (
        <label className="progress">
          {t('hall.quorum', { present: trusteesPresent.length, quorum })}
          <progress value={trusteesPresent.length} max={quorum} />
        </label>
      ) : null}
      {stage === 'combining' ? <Combining envelopes={envelopes} ceremony={ceremony} /> : null}
    </div>
  );
}

/** Whatever time runs in this stage. */
function Until({ opening }: { readonly opening: HallOpening }): ReactElement | null {
  const { stage, endsAt, rescueUntil, bidderKeys } = opening;
  if (stage === 'bidder-keys' && bidderKeys) {
    return <Countdown until={bidderKeys.until} left="hall.left.keys" over="hall.left.over" />;
  }
  if (stage === 'waiting' || stage === 'in-session') {
    return <Countdown until={endsAt} left="hall.left.session" over="hall.left.over" />;
  }
  if (stage === 'rescue' && rescueUntil) {
    return <Countdown until={rescueUntil} left="hall.left.rescue" over="hall.left.over" />;
  }
  return null;
}

/** Every envelope is compared first; then they are decrypted; nothing is shown before all are. */
function Combining({
  envelopes,
  ceremony: { isChecked, progress },
}: {
  readonly envelopes: number;
  readonly ceremony: Ceremony;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <p>{t(isChecked ? 'hall.checked' : 'hall.checking', { count: envelopes })}</p>
      {progress ? (
        <label className="progress">
          {t('hall.decrypting', { opened: progress.opened, of: progress.of })}
          <progress value={progress.opened} max={progress.of} />
        </label>
      ) : (
        <progress aria-label={t('hall.checking', { count: envelopes })} />
      )}
    </>
  );
}
