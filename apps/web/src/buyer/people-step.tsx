import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAll } from '../api/use-all.js';
import { Answered } from '../ui/answered.js';
import type { StepProps } from './step-props.js';

const SEATS_MAX = 15;

/** Who opens and who scores. Nobody may do both: trustees see whose envelopes they open. */
export function PeopleStep({ form, template, onChange }: StepProps): ReactElement {
  const { t } = useTranslation();
  const { trusteesMin, expertsMin } = template.procedure;
  return (
    <div className="columns">
      <div>
        <Choice
          role="trustee"
          legend={t('draft.trustees', { chosen: form.trusteeIds.length, least: trusteesMin })}
          chosen={form.trusteeIds}
          taken={form.expertIds}
          onChange={(trusteeIds) => onChange({ trusteeIds })}
        />
        <label>
          {t('draft.quorum')}
          <input
            type="number"
            min={2}
            max={Math.max(2, form.trusteeIds.length - 1)}
            value={form.quorum}
            onChange={(e) => onChange({ quorum: e.target.valueAsNumber })}
          />
          <span className="quiet">{t('draft.quorumHint')}</span>
        </label>
      </div>
      <Choice
        role="expert"
        legend={t('draft.experts', { chosen: form.expertIds.length, least: expertsMin })}
        chosen={form.expertIds}
        taken={form.trusteeIds}
        onChange={(expertIds) => onChange({ expertIds })}
      />
    </div>
  );
}

function Choice({
  role,
  legend,
  chosen,
  taken,
  onChange,
}: {
  readonly role: 'trustee' | 'expert';
  readonly legend: string;
  readonly chosen: readonly string[];
  readonly taken: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}): ReactElement {
  const { t } = useTranslation();
  const people = useAll('listPeople', { role });
  const toggle = (personId: string): void =>
    onChange(chosen.includes(personId) ? chosen.filter((id) => id !== personId) : [...chosen, personId]);
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <Answered query={people}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="empty">{t('draft.nobody')}</p>
          ) : (
            items.map(({ personId, name }) => (
              <label key={personId} className="inline">
                <input
                  type="checkbox"
                  checked={chosen.includes(personId)}
                  disabled={
                    taken.includes(personId) || (chosen.length >= SEATS_MAX && !chosen.includes(personId))
                  }
                  onChange={() => toggle(personId)}
                />{' '}
                {name}
              </label>
            ))
          )
        }
      </Answered>
    </fieldset>
  );
}
