import type { TFunction } from 'i18next';
import type { Method } from '#evaluation';
import type { AnswerOf, InputOf } from '../api/call.js';

export type Change = InputOf<'proposeCorrection'>['changes'][number];
type Inputs = NonNullable<Method['inputs']>;

/** What a bidder states beside its price, by the method that was published. */
export const inputsOf = (method: AnswerOf<'getTender'>['method']): Inputs =>
  (method as unknown as Method).inputs ?? [];

/** A change of a correction in words, one for each thing that it changes. */
export function changeTexts(
  { alias, rejected, figures = {}, labels = {} }: Change,
  inputs: Inputs,
  t: TFunction,
  language: string,
): string[] {
  const texts =
    rejected === undefined ? [] : [t(rejected ? 'corrections.reject' : 'corrections.readmit', { alias })];
  for (const [id, value] of [...Object.entries(figures), ...Object.entries(labels)]) {
    const title = inputs.find((input) => input.id === id)?.title;
    const named = (language === 'en' ? title?.en : title?.zh) ?? id;
    texts.push(t('corrections.input', { alias, title: named, value }));
  }
  return texts;
}
