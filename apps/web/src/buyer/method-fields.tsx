import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MethodJson } from './draft-form.js';
import { COMMON_FIELDS, criteriaOf, newCriterion, valueAt, withValueAt } from './method-edit.js';

/** The fields that most methods have, and the criteria that experts mark. Everything else is in the text. */
export function MethodFields({
  method,
  onChange,
}: {
  readonly method: MethodJson;
  readonly onChange: (method: MethodJson) => void;
}): ReactElement {
  const { t } = useTranslation();
  const shown = COMMON_FIELDS.filter(({ path }) => typeof valueAt(method, path) === 'string');
  return (
    <>
      <div className="fields">
        {shown.map(({ name, path }) => (
          <label key={name}>
            {t(`method.${name}`)}
            <input
              inputMode="decimal"
              maxLength={40}
              value={String(valueAt(method, path))}
              onChange={(e) => onChange(withValueAt(method, path, e.target.value.trim()))}
            />
          </label>
        ))}
      </div>
      {method['panel'] === undefined ? null : <Criteria method={method} onChange={onChange} />}
    </>
  );
}

function Criteria({
  method,
  onChange,
}: {
  readonly method: MethodJson;
  readonly onChange: (method: MethodJson) => void;
}): ReactElement {
  const { t } = useTranslation();
  const criteria = criteriaOf(method);
  const set = (path: readonly (string | number)[], value: unknown): void =>
    onChange(withValueAt(method, ['panel', 'criteria', ...path], value));
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('method.criteria')}>
      <table>
        <caption>{t('method.criteria')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('method.criterionZh')}</th>
            <th scope="col">{t('method.criterionEn')}</th>
            <th scope="col">{t('method.max')}</th>
            <th scope="col">{t('method.change')}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map(({ id, title, max }, i) => (
            <tr key={id}>
              <td>
                <input
                  aria-label={t('method.nth', { number: i + 1, what: t('method.criterionZh') })}
                  value={title.zh}
                  onChange={(e) => set([i, 'title', 'zh'], e.target.value)}
                />
              </td>
              <td>
                <input
                  lang="en"
                  aria-label={t('method.nth', { number: i + 1, what: t('method.criterionEn') })}
                  value={title.en}
                  onChange={(e) => set([i, 'title', 'en'], e.target.value)}
                />
              </td>
              <td>
                <input
                  inputMode="decimal"
                  size={6}
                  aria-label={t('method.nth', { number: i + 1, what: t('method.max') })}
                  value={max}
                  onChange={(e) => set([i, 'max'], e.target.value.trim())}
                />
              </td>
              <td>
                <button
                  type="button"
                  className="plain"
                  disabled={criteria.length === 1}
                  onClick={() => set([i], undefined)}
                >
                  {t('bid.remove', { name: title.zh })}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" onClick={() => set([], [...criteria, newCriterion(criteria)])}>
        {t('method.addCriterion')}
      </button>
    </div>
  );
}
