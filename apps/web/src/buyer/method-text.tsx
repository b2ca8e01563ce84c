import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MethodJson } from './draft-form.js';

/** The whole method as JSON. What is no JSON stays in the field and changes nothing. */
export function MethodText({
  method,
  onChange,
}: {
  readonly method: MethodJson;
  readonly onChange: (method: MethodJson) => void;
}): ReactElement {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(method, null, 2));
  const [isJson, setJson] = useState(true);
  const write = (next: string): void => {
    setText(next);
    const parsed = readObject(next);
    setJson(parsed !== undefined);
    if (parsed) onChange(parsed);
  };
  return (
    <label>
      {t('method.text')}
      <textarea
        className="code"
        rows={24}
        spellCheck={false}
        value={text}
        aria-invalid={!isJson}
        onChange={(e) => write(e.target.value)}
      />
      <span className={isJson ? 'quiet' : 'bad'}>{t(isJson ? 'method.textHint' : 'method.noJson')}</span>
    </label>
  );
}

function readObject(text: string): MethodJson | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as MethodJson)
      : undefined;
  } catch {
    return undefined;
  }
}
