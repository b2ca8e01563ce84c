import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Change, type inputsOf } from '../public/correction-text.js';

/** One change: which bid, and whether it is void, counts again, or states something else. */
export function ChangeFields({
  aliases,
  inputs,
  onAdd,
}: {
  readonly aliases: readonly string[];
  readonly inputs: ReturnType<typeof inputsOf>;
  readonly onAdd: (change: Change) => void;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const [kind, setKind] = useState('reject');
  // A series of figures cannot be corrected.
  const correctable = inputs.filter((input) => input.kind !== 'series');
  const input = correctable.find(({ id }) => `input ${id}` === kind);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const alias = String(fields.get('alias'));
    if (!input) return onAdd({ alias, rejected: kind === 'reject' });
    const stated = { [input.id]: String(fields.get('value')).trim() };
    onAdd(input.kind === 'label' ? { alias, labels: stated } : { alias, figures: stated });
  };
  return (
    <form className="filters" onSubmit={submit}>
      <label>
        {t('corrections.alias')}
        <select name="alias">
          {aliases.map((alias) => (
            <option key={alias}>{alias}</option>
          ))}
        </select>
      </label>
      <label>
        {t('corrections.kind')}
        <select value={kind} onChange={({ target }) => setKind(target.value)}>
          <option value="reject">{t('corrections.kinds.reject')}</option>
          <option value="readmit">{t('corrections.kinds.readmit')}</option>
          {correctable.map(({ id, title }) => (
            <option key={id} value={`input ${id}`}>
              {t('corrections.kinds.input', { title: i18n.language === 'en' ? title.en : title.zh })}
            </option>
          ))}
        </select>
      </label>
      {input ? (
        <label>
          {t('corrections.value')}
          {input.kind === 'label' ? (
            <select name="value">
              {input.oneOf.map((word) => (
                <option key={word}>{word}</option>
              ))}
            </select>
          ) : (
            <input name="value" inputMode="decimal" pattern="-?\d{1,30}(\.\d{1,12})?" required />
          )}
        </label>
      ) : null}
      <button type="submit">{t('corrections.add')}</button>
    </form>
  );
}
