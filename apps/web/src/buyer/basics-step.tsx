import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../ui/format-money.js';
import { REGIONS } from '../ui/regions.js';
import type { TemplateOf } from './draft-form.js';
import type { StepProps } from './step-props.js';

/** Template, titles, region, summary, ceiling, deadline. A template is chosen once: it brings procedure and clauses. */
export function BasicsStep({
  form,
  onChange,
  templates,
  template,
  isSaved,
}: StepProps & { readonly templates: readonly TemplateOf[]; readonly isSaved: boolean }): ReactElement {
  const { t, i18n } = useTranslation();
  const named = (it: { readonly zh: string; readonly en: string }): string =>
    i18n.language === 'en' ? it.en : it.zh;
  const { noticeDaysMin, questionsUntilDaysBefore, bidsMin, standstillDaysMin } = template.procedure;
  return (
    <>
      <label>
        {t('draft.template')}
        <select
          value={form.templateId}
          disabled={isSaved}
          onChange={({ target: { value } }) => {
            const chosen = templates.find(({ templateId }) => templateId === value)!;
            onChange({ templateId: value, method: chosen.method });
          }}
        >
          {templates.map(({ templateId, title }) => (
            <option key={templateId} value={templateId}>
              {named(title)}
            </option>
          ))}
        </select>
        <span className="quiet">
          {t('draft.procedure', { noticeDaysMin, questionsUntilDaysBefore, bidsMin, standstillDaysMin })}
        </span>
      </label>
      <label>
        {t('draft.titleZh')}
        <input value={form.titleZh} maxLength={200} onChange={(e) => onChange({ titleZh: e.target.value })} />
      </label>
      <label>
        {t('draft.titleEn')}
        <input
          lang="en"
          value={form.titleEn}
          maxLength={200}
          onChange={(e) => onChange({ titleEn: e.target.value })}
        />
      </label>
      <label>
        {t('draft.region')}
        <select value={form.regionCode} onChange={(e) => onChange({ regionCode: e.target.value })}>
          {REGIONS.some(({ code }) => code === form.regionCode) ? null : <option>{form.regionCode}</option>}
          {REGIONS.map((region) => (
            <option key={region.code} value={region.code}>
              {named(region)}（{region.code}）
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('draft.summary')}
        <textarea
          rows={5}
          maxLength={4_000}
          value={form.summary}
          onChange={(e) => onChange({ summary: e.target.value })}
        />
      </label>
      <label>
        {t('draft.ceiling')}
        <input
          inputMode="decimal"
          autoComplete="off"
          maxLength={18}
          value={form.ceilingPrice}
          onChange={(e) => onChange({ ceilingPrice: e.target.value.trim() })}
        />
        <span className="quiet">
          {/^\d+(\.\d+)?$/.test(form.ceilingPrice) ? `¥${formatMoney(form.ceilingPrice)}` : null}
        </span>
      </label>
      <label>
        {t('draft.deadline')}
        <input
          type="datetime-local"
          value={form.deadline}
          onChange={(e) => onChange({ deadline: e.target.value })}
        />
        <span className="quiet">{t('draft.deadlineHint', { noticeDaysMin })}</span>
      </label>
    </>
  );
}
