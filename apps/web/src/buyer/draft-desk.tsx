import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCommand } from '../api/use-command.js';
import { useSession } from '../session/use-session.js';
import { Refusal } from '../ui/refusal.js';
import { BasicsStep } from './basics-step.js';
import {
  type DraftForm,
  findGaps,
  type Gap,
  type Step,
  STEP_OF,
  STEPS,
  type TemplateOf,
  toDraft,
} from './draft-form.js';
import { FilesStep } from './files-step.js';
import { MethodStep } from './method-step.js';
import { PeopleStep } from './people-step.js';
import { forgetUnsaved, keepUnsaved } from './unsaved-draft.js';

interface Props {
  readonly tenderId: string | null;
  readonly keptAs: string;
  readonly templates: readonly TemplateOf[];
  readonly initial: DraftForm;
  readonly isUnsaved: boolean;
}

/** The steps of a draft, free to go through in any order; saved as a whole, and kept here until then. */
export function DraftDesk({ tenderId, keptAs, templates, initial, isUnsaved }: Props): ReactElement {
  const { t } = useTranslation();
  const { personId } = useSession()!;
  const [form, setForm] = useState(initial);
  const [isTyped, setTyped] = useState(isUnsaved);
  const [step, setStep] = useState<Step>('basics');
  const save = useSave(tenderId, () => forgetUnsaved(personId, keptAs));
  const template = templates.find(({ templateId }) => templateId === form.templateId) ?? templates[0]!;
  const gaps = findGaps(form, template.procedure);
  useEffect(() => {
    if (isTyped) void keepUnsaved(personId, keptAs, form);
  }, [form, isTyped, personId, keptAs]);

  const change = (part: Partial<DraftForm>): void => {
    setTyped(true);
    setForm((before) => ({ ...before, ...part }));
  };
  const props = { form, template, onChange: change };
  return (
    <>
      <Steps current={step} gaps={gaps} onGo={setStep} />
      {isUnsaved ? <p className="quiet">{t('draft.broughtBack')}</p> : null}
      <section className="card" aria-label={t(`draft.step.${step}`)}>
        <h2>{t(`draft.step.${step}`)}</h2>
        {step === 'basics' ? (
          <BasicsStep {...props} templates={templates} isSaved={tenderId !== null} />
        ) : null}
        {step === 'files' ? <FilesStep {...props} /> : null}
        {step === 'method' ? <MethodStep {...props} /> : null}
        {step === 'people' ? <PeopleStep {...props} /> : null}
        {step === 'preview' ? <Gaps gaps={gaps} onGo={setStep} /> : null}
        {save.error ? <Refusal error={save.error} /> : null}
        <p className="actions">
          {step === 'preview' ? (
            <button
              type="button"
              className="primary"
              disabled={gaps.length > 0 || save.isPending}
              onClick={() => save.run(form)}
            >
              {t('draft.save')}
            </button>
          ) : (
            <button type="button" className="primary" onClick={() => setStep(after(step))}>
              {t('draft.next')}
            </button>
          )}
        </p>
      </section>
    </>
  );
}

const after = (step: Step): Step => STEPS[STEPS.indexOf(step) + 1]!;

function useSave(tenderId: string | null, forget: () => Promise<void>) {
  const create = useCommand('createTender');
  const update = useCommand('updateDraft');
  const navigate = useNavigate();
  const onSuccess = async ({ tenderId: saved }: { tenderId: string }): Promise<void> => {
    await forget();
    await navigate(`/work/tenders/${saved}`);
  };
  return {
    error: create.error ?? update.error,
    isPending: create.isPending || update.isPending,
    run: (form: DraftForm): void => {
      const { templateId, ...draft } = toDraft(form);
      if (tenderId === null) create.mutate({ templateId, ...draft }, { onSuccess });
      else update.mutate({ tenderId, ...draft }, { onSuccess });
    },
  };
}

function Steps({
  current,
  gaps,
  onGo,
}: {
  readonly current: Step;
  readonly gaps: readonly Gap[];
  readonly onGo: (step: Step) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('draft.steps')}>
      <ol className="steps">
        {STEPS.map((step) => (
          <li key={step}>
            <button
              type="button"
              {...(step === current ? { 'aria-current': 'step' as const } : {})}
              onClick={() => onGo(step)}
            >
              {t(`draft.step.${step}`)}
              {step !== 'preview' && !gaps.some((gap) => STEP_OF[gap] === step) ? ' ✓' : null}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Gaps({
  gaps,
  onGo,
}: {
  readonly gaps: readonly Gap[];
  readonly onGo: (step: Step) => void;
}): ReactElement {
  const { t } = useTranslation();
  if (gaps.length === 0) return <p role="status">{t('draft.whole')}</p>;
  return (
    <ul>
      {gaps.map((gap) => (
        <li key={gap}>
          {t(`draft.gap.${gap}`)}{' '}
          <button type="button" className="plain" onClick={() => onGo(STEP_OF[gap])}>
            {t('draft.goTo', { step: t(`draft.step.${STEP_OF[gap]}`) })}
          </button>
        </li>
      ))}
    </ul>
  );
}
