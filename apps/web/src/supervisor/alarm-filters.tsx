import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '../api/call.js';
import { ALARM_RULES } from './alarm-rules.js';

type Filters = Pick<InputOf<'listAlarms'>, 'state' | 'severity' | 'rule'>;

const CHOICES = [
  { name: 'state', texts: 'alarms.states', values: ['open', 'acknowledged', 'closed'] },
  { name: 'severity', texts: 'alarms.severities', values: ['critical', 'warning', 'info'] },
  { name: 'rule', texts: 'alarms.rules', values: ALARM_RULES },
] as const;

/** State, severity and rule that alarms are shown of; each may be left open. */
export function AlarmFilters({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}): ReactElement {
  const { t } = useTranslation();
  const choose = (name: keyof Filters, value: string): void => {
    const rest = Object.fromEntries(Object.entries(filters).filter(([key]) => key !== name));
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <search className="filters">
      {CHOICES.map(({ name, texts, values }) => (
        <label key={name}>
          {t(`alarms.${name}`)}
          <select value={filters[name] ?? ''} onChange={(event) => choose(name, event.target.value)}>
            <option value="">{t('alarms.any')}</option>
            {values.map((value) => (
              <option key={value} value={value}>
                {t(`${texts}.${value}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </search>
  );
}
