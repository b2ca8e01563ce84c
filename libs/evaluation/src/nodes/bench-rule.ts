import { Rational } from '#kernel';
import type { Method } from '../method.js';
import type { Bench, SimpleBench } from '../method-bench.js';
import { show } from '../trace-node.js';
import { mean, median } from './average.js';
import { trim } from './trim.js';

/** A benchmark before factors and rounding, with the arithmetic as text; null where the rule declares no result. */
export interface BenchValue {
  readonly value: Rational;
  readonly formula: string;
  readonly fellBack: boolean;
}

const listed = (values: readonly Rational[]): string => values.map(show).join('+');

const meanOf = (values: readonly Rational[]): Omit<BenchValue, 'fellBack'> => ({
  value: mean(values),
  formula: `(${listed(values)})÷${values.length}`,
});

/**
 * min, max, mean, median, trimmed mean by table, ceiling or declared figure over the admitted prices (at least
 * one, ascending). Trimming that leaves nothing falls back as declared; `fail` gives null.
 */
export function simpleBench(
  rule: SimpleBench,
  prices: readonly Rational[],
  method: Method,
): BenchValue | null {
  const plain = (value: Rational, formula: string, fellBack = false): BenchValue => ({
    value,
    formula,
    fellBack,
  });
  switch (rule.rule) {
    case 'min':
      return plain(prices[0]!, `min(${prices.map(show).join(', ')})`);
    case 'max':
      return plain(prices.at(-1)!, `max(${prices.map(show).join(', ')})`);
    case 'mean':
      return { ...meanOf(prices), fellBack: false };
    case 'median':
      return plain(median(prices, rule.even), `median(${prices.map(show).join(', ')})`);
    case 'trimmed-mean': {
      const { kept } = trim(prices, rule.table);
      if (kept) return { ...meanOf(kept), fellBack: false };
      if (rule.otherwise === 'fail') return null;
      const fallback: SimpleBench =
        rule.otherwise === 'median' ? { rule: 'median', even: 'mid' } : { rule: rule.otherwise };
      const value = simpleBench(fallback, prices, method);
      return value && { ...value, fellBack: true };
    }
    case 'ceiling': {
      const { ceiling } = method.admit;
      return ceiling ? plain(Rational.from(ceiling.price), ceiling.price) : null;
    }
    case 'declared':
      return plain(Rational.from(rule.value), rule.value);
  }
}

/** Σ weight ÷ 100 × part for a blend; the plain rule otherwise. */
export function benchRule(rule: Bench['of'], prices: readonly Rational[], method: Method): BenchValue | null {
  if (rule.rule !== 'blend') return simpleBench(rule, prices, method);
  let value = Rational.ZERO;
  let fellBack = false;
  const formulas: string[] = [];
  for (const { weight, of } of rule.parts) {
    const part = simpleBench(of, prices, method);
    if (!part) return null;
    value = value.add(part.value.mul(Rational.from(weight)).div(Rational.of(100n)));
    fellBack ||= part.fellBack;
    formulas.push(`${part.formula}×${weight}%`);
  }
  return { value, formula: formulas.join('+'), fellBack };
}
