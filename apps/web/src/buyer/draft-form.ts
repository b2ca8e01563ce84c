import type { AnswerOf, InputOf } from '../api/call.js';
import { fromCentreTime, toCentreTime } from '../ui/centre-time.js';

export type Attachment = AnswerOf<'getTender'>['boq'];
export type TemplateOf = AnswerOf<'listTemplates'>['items'][number];
export type NewTender = InputOf<'createTender'>;
export type MethodJson = Readonly<Record<string, unknown>>;

/** What a buyer has typed so far; whole or not. */
export interface DraftForm {
  readonly templateId: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly regionCode: string;
  readonly summary: string;
  readonly ceilingPrice: string;
  /** The centre's time, as a native field holds it. */
  readonly deadline: string;
  readonly boq: Attachment | null;
  readonly documents: readonly Attachment[];
  readonly method: MethodJson;
  readonly trusteeIds: readonly string[];
  readonly quorum: number;
  readonly expertIds: readonly string[];
}

export const STEPS = ['basics', 'files', 'method', 'people', 'preview'] as const;
export type Step = (typeof STEPS)[number];
export type Gap =
  'title' | 'summary' | 'ceiling' | 'deadline' | 'boq' | 'trustees' | 'quorum' | 'experts' | 'both';

/** On which step each gap is closed. */
export const STEP_OF: Readonly<Record<Gap, Step>> = {
  title: 'basics',
  summary: 'basics',
  ceiling: 'basics',
  deadline: 'basics',
  boq: 'files',
  trustees: 'people',
  quorum: 'people',
  experts: 'people',
  both: 'people',
};

/** As `amount` in `#contracts`. */
const AMOUNT = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/;
const isZero = (amount: string): boolean => !/[1-9]/.test(amount);

export function emptyForm({ templateId, method, procedure }: TemplateOf): DraftForm {
  return {
    templateId,
    titleZh: '',
    titleEn: '',
    regionCode: '630100',
    summary: '',
    ceilingPrice: '',
    deadline: '',
    boq: null,
    documents: [],
    method,
    trusteeIds: [],
    quorum: Math.max(2, procedure.trusteesMin - 1),
    expertIds: [],
  };
}

export function toForm({ title, deadlineAt, ...draft }: AnswerOf<'getDraft'>): DraftForm {
  return { ...draft, titleZh: title.zh, titleEn: title.en, deadline: toCentreTime(deadlineAt) };
}

/** What keeps a draft from being saved, in the order of the steps; the service decides once more. */
export function findGaps(
  form: DraftForm,
  { trusteesMin, expertsMin }: Pick<TemplateOf['procedure'], 'trusteesMin' | 'expertsMin'>,
): Gap[] {
  const { titleZh, titleEn, summary, ceilingPrice, deadline, boq, trusteeIds, quorum, expertIds } = form;
  const gaps: readonly (readonly [Gap, boolean])[] = [
    ['title', titleZh.trim() === '' || titleEn.trim() === ''],
    ['summary', summary.trim() === ''],
    ['ceiling', !AMOUNT.test(ceilingPrice) || isZero(ceilingPrice)],
    ['deadline', fromCentreTime(deadline) === undefined],
    ['boq', boq === null],
    ['trustees', trusteeIds.length < trusteesMin],
    ['quorum', !Number.isInteger(quorum) || quorum < 2 || quorum > trusteeIds.length - 1],
    ['experts', expertIds.length < expertsMin],
    ['both', expertIds.some((personId) => trusteeIds.includes(personId))],
  ];
  return gaps.filter(([, lacks]) => lacks).map(([gap]) => gap);
}

/** The request of a form without gaps. */
export function toDraft(form: DraftForm): NewTender {
  const { titleZh, titleEn, deadline, boq, documents, trusteeIds, expertIds, ...rest } = form;
  return {
    ...rest,
    title: { zh: titleZh.trim(), en: titleEn.trim() },
    currency: 'CNY',
    deadlineAt: fromCentreTime(deadline)!,
    boq: boq!,
    documents: [...documents],
    trusteeIds: [...trusteeIds],
    expertIds: [...expertIds],
  };
}
