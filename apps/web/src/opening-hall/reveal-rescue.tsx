import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeId } from '#contracts';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';
import { rescueIdentityIn } from './rescue-identity.js';
import { useTakesPart } from './use-takes-part.js';

const FILE_BYTES_MAX = 16 * 1024;

interface Props {
  readonly tenderId: string;
  readonly envelopeId: EnvelopeId;
}

/** In the rescue window a bidder reveals the own rescue identity; nobody else sees this. */
export function RevealRescue(props: Props): ReactElement | null {
  return useTakesPart(props.tenderId) ? <RescueForm {...props} /> : null;
}

function RescueForm({ tenderId, envelopeId }: Props): ReactElement {
  const { t } = useTranslation();
  const reveal = useCommand('revealRescue');
  const [isMissing, setMissing] = useState(false);
  const give = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get('file');
    const isRead = file instanceof File && file.size <= FILE_BYTES_MAX;
    const identity = isRead ? rescueIdentityIn(await file.text(), envelopeId) : undefined;
    setMissing(identity === undefined);
    if (identity !== undefined) reveal.mutate({ tenderId, envelopeId, identity });
  };
  return (
    <form onSubmit={(event) => void give(event)}>
      <h3>{t('hall.rescue')}</h3>
      <label>
        {t('hall.rescueFile')}
        <input name="file" type="file" accept=".txt,.rescue" required />
        <span className="quiet">{t('hall.rescueHint')}</span>
      </label>
      {isMissing ? <Refusal error={new Error(t('hall.noRescue'))} /> : null}
      {reveal.error ? <Refusal error={reveal.error} /> : null}
      {reveal.isSuccess ? (
        <p className="good" role="status">
          {t('hall.revealed')}
        </p>
      ) : (
        <button type="submit" className="primary" disabled={reveal.isPending}>
          {t('hall.rescue')}
        </button>
      )}
    </form>
  );
}
