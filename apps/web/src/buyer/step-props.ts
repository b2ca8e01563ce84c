import type { DraftForm, TemplateOf } from './draft-form.js';

/** What every step of the draft is given. */
export interface StepProps {
  readonly form: DraftForm;
  readonly template: TemplateOf;
  readonly onChange: (part: Partial<DraftForm>) => void;
}
