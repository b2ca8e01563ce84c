import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.js';
import { useAnswer } from '../api/use-answer.js';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

/** Before anything is published the committee can show that its keys open. */
export function Rehearsal({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const rehearsal = useAnswer('getRehearsal', { tenderId });
  const begin = useCommand('beginRehearsal');
  const isNone = isProblem(rehearsal.error) && rehearsal.error.code === 'rehearsal.unknown';
  if (rehearsal.data) {
    const { trustees, isOpened } = rehearsal.data;
    const present = trustees.filter(({ hasOpened }) => hasOpened).length;
    return (
      <p role="status">
        {t('desk.rehearsed', { present, of: trustees.length })} {isOpened ? t('desk.rehearsalOpened') : null}
      </p>
    );
  }
  return (
    <>
      {rehearsal.error && !isNone ? <Refusal error={rehearsal.error} /> : null}
      {begin.error ? <Refusal error={begin.error} /> : null}
      {isNone ? (
        <button type="button" disabled={begin.isPending} onClick={() => begin.mutate({ tenderId })}>
          {t('desk.rehearse')}
        </button>
      ) : null}
    </>
  );
}
