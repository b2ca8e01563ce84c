import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { useCommand } from '../api/use-command.js';
import { type Change, changeTexts, inputsOf } from '../public/correction-text.js';
import { Refusal } from '../ui/refusal.js';
import { ChangeFields } from './change-fields.js';

/** Bids that one correction changes, as the contract bounds them. */
const CHANGES_MAX = 20;

/** The buyer gathers changes and proposes them with the reason; nothing counts before a supervisor confirms. */
export function ProposeCorrection({
  tender: { tenderId, method },
}: {
  readonly tender: AnswerOf<'getTender'>;
}): ReactElement | null {
  const { t, i18n } = useTranslation();
  const read = useAnswer('getCorrections', { tenderId });
  const evaluation = useAnswer('getEvaluation', { tenderId });
  const propose = useCommand('proposeCorrection');
  const [changes, setChanges] = useState<readonly Change[]>([]);
  if (!evaluation.data || !read.data || read.data.proposal) return null;
  const aliases = evaluation.data.document.bids.map(({ id }) => String(id)).sort();
  const inputs = inputsOf(method);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason'));
    propose.mutate({ tenderId, changes: [...changes], reason }, { onSuccess: () => setChanges([]) });
  };
  return (
    <section className="card" aria-label={t('corrections.propose')}>
      <h2>{t('corrections.propose')}</h2>
      <p className="quiet">{t('corrections.proposeHint')}</p>
      {changes.length < CHANGES_MAX ? (
        <ChangeFields
          aliases={aliases}
          inputs={inputs}
          onAdd={(added) => setChanges(withChange(changes, added))}
        />
      ) : null}
      <ul>
        {changes.map((change) => {
          const text = changeTexts(change, inputs, t, i18n.language).join('；');
          return (
            <li key={change.alias}>
              {text}{' '}
              <button
                type="button"
                aria-label={t('corrections.remove', { text })}
                onClick={() => setChanges(changes.filter((one) => one !== change))}
              >
                ×
              </button>
            </li>
          );
        })}
      </ul>
      <form onSubmit={submit}>
        <label>
          {t('corrections.why')}
          <textarea name="reason" rows={3} maxLength={1_000} required />
        </label>
        {propose.error ? <Refusal error={propose.error} /> : null}
        <button type="submit" className="primary" disabled={changes.length === 0 || propose.isPending}>
          {t('corrections.send')}
        </button>
      </form>
    </section>
  );
}

/** One change for each bid: what is added later joins what stands there. */
function withChange(changes: readonly Change[], added: Change): Change[] {
  const before = changes.find(({ alias }) => alias === added.alias);
  const merged = {
    ...before,
    ...added,
    ...(before?.figures || added.figures ? { figures: { ...before?.figures, ...added.figures } } : {}),
    ...(before?.labels || added.labels ? { labels: { ...before?.labels, ...added.labels } } : {}),
  };
  return [...changes.filter((one) => one !== before), merged];
}
