import { describe, expect, it } from '@jest/globals';
import { comprehensiveTrimmedMean } from '#evaluation';
import { criteriaOf, findInMethod, newCriterion, valueAt, withValueAt } from './method-edit.js';

const method = comprehensiveTrimmedMean as unknown as Readonly<Record<string, unknown>>;

describe('a method that is edited', () => {
  it('changes at one place and keeps the rest, the given document included', () => {
    const changed = withValueAt(method, ['panel', 'criteria', 1, 'max'], '25');
    expect(valueAt(changed, ['panel', 'criteria', 1, 'max'])).toBe('25');
    expect(withValueAt(changed, ['panel', 'criteria', 1, 'max'], '20')).toEqual(method);
    expect(criteriaOf(method)[1]!.max).toBe('20');
  });

  it('loses what is taken out, from lists and from objects', () => {
    expect(criteriaOf(withValueAt(method, ['panel', 'criteria', 0], undefined))).toHaveLength(3);
    expect(valueAt(withValueAt(method, ['panel', 'threshold'], undefined), ['panel', 'threshold'])).toBe(
      undefined,
    );
  });

  it('is judged as the service judges it: form, then sense, in both languages', () => {
    expect(findInMethod(method).filter(({ severity }) => severity === 'error')).toEqual([]);
    const changed = findInMethod(withValueAt(method, ['combine', 'weights', 'price'], '50'));
    const weights = changed.find(({ path }) => path === 'combine.weights');
    expect(weights).toMatchObject({ severity: 'error' });
    expect(weights!.zh).toMatch(/[㐀-鿿]/);
    const [form] = findInMethod({ ...method, v: 2, surprise: true });
    expect(form).toMatchObject({ severity: 'error' });
  });

  it('gets criteria whose ids are their own', () => {
    const criteria = criteriaOf(method);
    const first = newCriterion(criteria);
    expect(newCriterion([...criteria.slice(1), first]).id).not.toBe(first.id);
  });
});
