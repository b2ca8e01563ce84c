import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeId } from '#contracts';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

/** As `OPENING_LIMITS.objectionCharsMax` of the contracts, which a page does not load. */
const CHARS_MAX = 2_000;

/** An objection: entered at once, for everyone to read, a bidder's without its name. */
export function ObjectForm({
  tenderId,
  envelopeId,
}: {
  readonly tenderId: string;
  readonly envelopeId: EnvelopeId;
}): ReactElement {
  const { t } = useTranslation();
  const object = useCommand('objectToOpening');
  const [text, setText] = useState('');
  const give = (event: FormEvent): void => {
    event.preventDefault();
    object.mutate({ tenderId, envelopeId, text: text.trim() }, { onSuccess: () => setText('') });
  };
  return (
    <form onSubmit={give}>
      <label>
        {t('hall.objection')}
        <textarea
          rows={3}
          value={text}
          maxLength={CHARS_MAX}
          required
          onChange={(event) => setText(event.target.value)}
        />
        <span className="quiet">{t('hall.objectionHint')}</span>
      </label>
      {object.error ? <Refusal error={object.error} /> : null}
      <button type="submit" disabled={object.isPending || text.trim() === ''}>
        {t('hall.object')}
      </button>
    </form>
  );
}
