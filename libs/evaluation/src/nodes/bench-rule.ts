import { Rational } from '#kernel';
import type { Method } from '../method.js';
import type { Bench, SimpleBench } from '../method-bench.js';
import { show } from '../trace-node.js';
import type { Draws } from '../evaluation-types.js';
import { mean, median } from './average.js';
import { bandPrices, geometricMean, iterativePrices, secondMean } from './bench-selected.js';
import { applyFactors } from './bench-factor.js';
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
 * One rule over the admitted prices (at least one, ascending): min, max, mean, median, trimmed mean by table, ceiling,
 * declared figure, geometric mean, mean of one side of the mean, n-th lowest, band mean, iterative mean. A rule that
 * leaves too few prices falls back as declared; `fail` gives null.
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
      return kept ? { ...meanOf(kept), fellBack: false } : fallBack(rule.otherwise, prices, method);
    }
    case 'geometric-mean': {
      const { value, values } = geometricMean(prices, rule);
      return plain(value, `(${values.map(show).join('×')})^(1/${values.length})`);
    }
    case 'second-mean':
      return { ...meanOf(secondMean(prices, rule)), fellBack: false };
    case 'nth-lowest': {
      const price = prices[rule.n - 1];
      return price ? plain(price, show(price)) : fallBack(rule.otherwise, prices, method);
    }
    case 'band-mean': {
      const inside = bandPrices(prices, rule);
      return inside.length > 0
        ? { ...meanOf(inside), fellBack: false }
        : fallBack(rule.otherwise, prices, method);
    }
    case 'iterative-mean':
      return { ...meanOf(iterativePrices(prices, rule)), fellBack: false };
    case 'ceiling': {
      const { ceiling } = method.admit;
      return ceiling ? plain(Rational.from(ceiling.price), ceiling.price) : null;
    }
    case 'declared':
      return plain(Rational.from(rule.value), rule.value);
  }
}

function fallBack(
  otherwise: 'mean' | 'median' | 'min' | 'fail',
  prices: readonly Rational[],
  method: Method,
): BenchValue | null {
  if (otherwise === 'fail') return null;
  const rule: SimpleBench = otherwise === 'median' ? { rule: 'median', even: 'mid' } : { rule: otherwise };
  const value = simpleBench(rule, prices, method);
  return value && { ...value, fellBack: true };
}

/** Σ weight ÷ 100 × part for a blend, Σ part × its factors for a composite; the plain rule otherwise. */
export function benchRule(
  rule: Bench['of'],
  prices: readonly Rational[],
  method: Method,
  draws: Draws,
): BenchValue | null {
  if (rule.rule !== 'blend' && rule.rule !== 'composite') return simpleBench(rule, prices, method);
  let value = Rational.ZERO;
  let fellBack = false;
  const formulas: string[] = [];
  for (const spec of rule.parts) {
    const part = simpleBench(spec.of, prices, method);
    if (!part) return null;
    fellBack ||= part.fellBack;
    if ('weight' in spec) {
      value = value.add(part.value.mul(Rational.from(spec.weight)).div(Rational.of(100n)));
      formulas.push(`${part.formula}×${spec.weight}%`);
    } else {
      const { product, text } = applyFactors(part.value, spec.factors ?? [], draws);
      value = value.add(spec.rounding ? product.round(spec.rounding) : product);
      formulas.push(`${part.formula}${text}`);
    }
  }
  return { value, formula: formulas.join('+'), fellBack };
}
