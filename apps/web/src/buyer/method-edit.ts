import { reviewMethod } from '#evaluation';
import type { MethodJson } from './draft-form.js';

/** What is wrong or unwise in a method, for its author; `error` keeps it from being saved. */
export interface MethodFinding {
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly zh: string;
  readonly en: string;
}

/** Form and sense of a method document, as the service will judge them. */
export const findInMethod = (method: unknown): readonly MethodFinding[] =>
  reviewMethod(method).findings.map(({ severity, path, message }) => ({ severity, path, ...message }));

/** What stands at a path of a document; undefined where nothing does. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    document,
  );
}

/** A copy of the document with another value at the path, whose parents must be there; undefined removes it. */
export function withValueAt<T>(document: T, [key, ...rest]: readonly (string | number)[], value: unknown): T {
  if (key === undefined) return value as T;
  const inner = rest.length === 0 ? value : withValueAt(valueAt(document, [key]), rest, value);
  if (Array.isArray(document)) {
    return (
      inner === undefined ? document.filter((_, i) => i !== key) : document.with(key as number, inner)
    ) as T;
  }
  const { [key]: _, ...others } = document as Readonly<Record<string | number, unknown>>;
  return (inner === undefined ? others : { ...(document as object), [key]: inner }) as T;
}

/** Fields that most methods have, offered as a form where the method at hand has them. */
export const COMMON_FIELDS = [
  { name: 'weightPrice', path: ['combine', 'weights', 'price'] },
  { name: 'weightTechnical', path: ['combine', 'weights', 'technical'] },
  { name: 'threshold', path: ['panel', 'threshold'] },
  { name: 'full', path: ['score', 'full'] },
  { name: 'floor', path: ['score', 'floor'] },
  { name: 'base', path: ['score', 'base'] },
] as const;

export interface Criterion {
  readonly id: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly max: string;
}

export const criteriaOf = (method: MethodJson): readonly Criterion[] =>
  (valueAt(method, ['panel', 'criteria']) as readonly Criterion[] | undefined) ?? [];

/** A criterion that the method does not have yet. */
export function newCriterion(criteria: readonly Criterion[]): Criterion {
  const taken = new Set(criteria.map(({ id }) => id));
  let number = criteria.length + 1;
  while (taken.has(`criterion-${number}`)) number++;
  return { id: `criterion-${number}`, title: { zh: '新增评审因素', en: 'New criterion' }, max: '10' };
}
