import { stages } from 'virtual:contract-routes';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export interface Filters {
  readonly text: string;
  readonly stage: string;
  readonly regionCode: string;
}

const SHOWN_STAGES = stages.filter((stage) => stage !== 'draft');

export function NoticeFilters({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <search className="filters">
      <label>
        {t('notices.search')}
        <input
          type="search"
          value={filters.text}
          onChange={(event) => onChange({ ...filters, text: event.target.value })}
        />
      </label>
      <label>
        {t('notices.stage')}
        <select
          value={filters.stage}
          onChange={(event) => onChange({ ...filters, stage: event.target.value })}
        >
          <option value="">{t('notices.anyStage')}</option>
          {SHOWN_STAGES.map((stage) => (
            <option key={stage} value={stage}>
              {t(`stages.${stage}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('notices.region')}
        <input
          inputMode="numeric"
          pattern="\d{6}(\d{3})?"
          maxLength={9}
          value={filters.regionCode}
          onChange={(event) => onChange({ ...filters, regionCode: event.target.value })}
        />
      </label>
    </search>
  );
}
