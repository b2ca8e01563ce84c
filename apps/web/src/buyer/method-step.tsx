import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { METHODS } from '#evaluation';
import { MethodFields } from './method-fields.js';
import { findInMethod, type MethodFinding } from './method-edit.js';
import { MethodText } from './method-text.js';
import { SamplePrices } from './sample-prices.js';
import type { StepProps } from './step-props.js';

/** The evaluation method: the template's or a ready one, changed by fields or as text, judged while it is changed. */
export function MethodStep({ form, template, onChange }: StepProps): ReactElement {
  const { t, i18n } = useTranslation();
  const [isText, setText] = useState(false);
  const findings = useMemo(() => findInMethod(form.method), [form.method]);
  const id = String(form.method['id']);
  const others = METHODS.filter((method) => method.id !== template.method['id']);
  const title = (it: { readonly zh: string; readonly en: string }): string =>
    i18n.language === 'en' ? it.en : it.zh;
  const choose = (chosen: string): void => {
    const ready = others.find((method) => method.id === chosen);
    onChange({ method: ready ? (ready as unknown as typeof form.method) : template.method });
  };
  return (
    <>
      <label>
        {t('method.choose')}
        <select value={id} onChange={(e) => choose(e.target.value)}>
          <option value={String(template.method['id'])}>
            {t('method.templates', { title: title(template.method['title'] as { zh: string; en: string }) })}
          </option>
          {others.map((method) => (
            <option key={method.id} value={method.id}>
              {title(method.title)}
            </option>
          ))}
        </select>
      </label>
      <p>
        <button type="button" aria-pressed={isText} onClick={() => setText(!isText)}>
          {t(isText ? 'method.asFields' : 'method.asText')}
        </button>
      </p>
      {isText ? (
        <MethodText method={form.method} onChange={(method) => onChange({ method })} />
      ) : (
        <MethodFields method={form.method} onChange={(method) => onChange({ method })} />
      )}
      <Findings findings={findings} />
      {findings.some(({ severity }) => severity === 'error') ? null : (
        <SamplePrices method={form.method} ceilingPrice={form.ceilingPrice} />
      )}
    </>
  );
}

function Findings({ findings }: { readonly findings: readonly MethodFinding[] }): ReactElement {
  const { t, i18n } = useTranslation();
  const isSound = findings.every(({ severity }) => severity !== 'error');
  return (
    <>
      <p className="good" role="status">
        {isSound ? `✓ ${t('method.sound')}` : null}
      </p>
      <ul {...(isSound ? {} : { role: 'alert', className: 'refusal' })}>
        {findings.map(({ severity, path, zh, en }) => (
          <li key={`${path}${en}`}>
            {t(`method.${severity}`)} <code>{path}</code> {i18n.language === 'en' ? en : zh}
          </li>
        ))}
      </ul>
    </>
  );
}
