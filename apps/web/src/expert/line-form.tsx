import { type FormEvent, type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';
import { type Criterion, findMarkFault, type Line, needsReason, stateOf, totalOf } from './sheet.js';

interface Props {
  readonly tenderId: string;
  readonly alias: string;
  readonly criteria: readonly Criterion[];
  readonly line: Line;
  readonly isLast: boolean;
  readonly onChange: (line: Line) => void;
  readonly onSaved: () => void;
}

/** The marks of one bid. Enter saves and goes on to the next bid, whose first field has the focus. */
export function LineForm(props: Props): ReactElement {
  const { tenderId, alias, criteria, line, isLast, onChange, onSaved } = props;
  const { t } = useTranslation();
  const save = useCommand('saveScores');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const state = stateOf(line, criteria);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const sound = criteria.filter((criterion) => !findMarkFault(line.marks[criterion.id], criterion));
    const scores = Object.fromEntries(sound.map(({ id }) => [id, line.marks[id]!]));
    const reason = line.reason.trim();
    const isWhole = state === 'whole';
    save.mutate(
      { tenderId, alias, scores, ...(reason === '' ? {} : { reason }) },
      { onSuccess: () => (isWhole ? onSaved() : undefined) },
    );
  };
  return (
    <form ref={form} className="card" onSubmit={submit} aria-label={t('scoring.sheetOf', { alias })}>
      <h2>{t('scoring.sheetOf', { alias })}</h2>
      {criteria.map((criterion) => (
        <MarkField
          key={criterion.id}
          criterion={criterion}
          text={line.marks[criterion.id] ?? ''}
          onChange={(text) => onChange({ ...line, marks: { ...line.marks, [criterion.id]: text } })}
        />
      ))}
      <p>
        {t('scoring.total')} <strong>{totalOf(line, criteria)}</strong>
      </p>
      <label>
        {t(needsReason(line, criteria) ? 'scoring.reasonNeeded' : 'scoring.reason')}
        <textarea
          rows={3}
          maxLength={1_000}
          value={line.reason}
          aria-invalid={state === 'reason-missing'}
          onChange={(e) => onChange({ ...line, reason: e.target.value })}
        />
      </label>
      {save.error ? <Refusal error={save.error} /> : null}
      <button type="submit" className="primary" disabled={save.isPending}>
        {t(isLast ? 'scoring.save' : 'scoring.saveAndNext')}
      </button>
      <p role="status" className="quiet">
        {t(save.isSuccess ? 'scoring.saved' : `scoring.state.${state}`)}
      </p>
    </form>
  );
}

function MarkField({
  criterion,
  text,
  onChange,
}: {
  readonly criterion: Criterion;
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const { id, title, pointsMax } = criterion;
  const fault = text === '' ? undefined : findMarkFault(text, criterion);
  return (
    <label>
      {i18n.language === 'en' ? title.en : title.zh}
      <input
        inputMode="decimal"
        autoComplete="off"
        maxLength={13}
        value={text}
        aria-invalid={fault !== undefined}
        aria-describedby={`max-${id}`}
        onChange={(e) => onChange(e.target.value.trim())}
      />
      <span id={`max-${id}`} className={fault ? 'bad' : 'quiet'}>
        {t(fault ? `scoring.fault.${fault}` : 'scoring.range', { max: pointsMax })}
      </span>
    </label>
  );
}
