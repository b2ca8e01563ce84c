import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Manifest, TenderDescriptor, TrusteeKey } from '#sealing';
import { rehearsalShare } from '#verify';
import type { AnswerOf, InputOf } from '../api/call.js';
import { isProblem } from '../api/problem.js';
import { useAnswer } from '../api/use-answer.js';
import { useCommand } from '../api/use-command.js';
import { Answered } from '../ui/answered.js';
import { Refusal } from '../ui/refusal.js';
import { random } from './random.js';

type Rehearsal = AnswerOf<'getRehearsal'>;

/** Before publication: the dummy envelope shows that this key opens. */
export function RehearsalSection({
  tenderId,
  personId,
  trusteeKey,
}: {
  readonly tenderId: string;
  readonly personId: string;
  readonly trusteeKey: TrusteeKey | null;
}): ReactElement {
  const { t } = useTranslation();
  const rehearsal = useAnswer('getRehearsal', { tenderId });
  const isNone = isProblem(rehearsal.error) && rehearsal.error.code === 'rehearsal.unknown';
  return (
    <section className="card" aria-label={t('trustee.rehearsal')}>
      <h2>{t('trustee.rehearsal')}</h2>
      {isNone && !rehearsal.data ? (
        <p className="empty">{t('trustee.rehearsalNone')}</p>
      ) : (
        <Answered query={rehearsal}>
          {(it) => <Standing {...{ tenderId, personId, trusteeKey, rehearsal: it }} />}
        </Answered>
      )}
    </section>
  );
}

function Standing({
  tenderId,
  personId,
  trusteeKey,
  rehearsal,
}: Parameters<typeof RehearsalSection>[0] & { readonly rehearsal: Rehearsal }): ReactElement {
  const { t } = useTranslation();
  const submit = useCommand('submitRehearsalShare');
  const [error, setError] = useState<Error | null>(null);
  const { trustees, isOpened } = rehearsal;
  const isDone = trustees.some((one) => one.personId === personId && one.hasOpened);
  const rehearse = (key: TrusteeKey): void => {
    setError(null);
    try {
      submit.mutate({ tenderId, share: shareOf(tenderId, rehearsal, key) });
    } catch (caught) {
      setError(caught as Error);
    }
  };
  const shown = error ?? submit.error;
  return (
    <>
      <p role="status">
        {t('trustee.rehearsedCount', {
          present: trustees.filter(({ hasOpened }) => hasOpened).length,
          of: trustees.length,
        })}{' '}
        {isDone ? t('trustee.rehearsedSelf') : null} {isOpened ? t('trustee.rehearsalOpened') : null}
      </p>
      {shown ? <Refusal error={shown} /> : null}
      {isDone ? null : trusteeKey ? (
        <button
          type="button"
          className="primary"
          disabled={submit.isPending}
          onClick={() => rehearse(trusteeKey)}
        >
          {t('trustee.rehearse')}
        </button>
      ) : (
        <p className="quiet">{t('trustee.unlockFirst')}</p>
      )}
    </>
  );
}

function shareOf(
  tenderId: string,
  { descriptor, manifest }: Rehearsal,
  key: TrusteeKey,
): InputOf<'submitRehearsalShare'>['share'] {
  const share = rehearsalShare({
    tenderId,
    descriptor: descriptor as unknown as TenderDescriptor,
    manifest: manifest as unknown as Manifest,
    key,
    random,
  });
  return share as unknown as InputOf<'submitRehearsalShare'>['share'];
}
