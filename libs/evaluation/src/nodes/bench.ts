import type { Rational } from '#kernel';
import type { Draws } from '../evaluation-types.js';
import type { Method } from '../method.js';
import type { Bench } from '../method-bench.js';
import { traced, type Traced } from '../trace-node.js';
import { factorValue } from './bench-factor.js';
import { benchRule } from './bench-rule.js';
import { ascending } from './trim.js';

export interface Benchmark extends Traced {
  readonly fellBack: boolean;
}

/**
 * The benchmark 评标基准价: rule over the admitted prices only, × each factor in order, then the declared rounding.
 * Void bids have left the set before. Computed once and frozen: nothing after it changes the set. Null where a
 * trimmed mean declares `fail`. A drawn factor that is not recorded throws `evaluation.input-invalid`.
 */
export function benchNode(
  bench: Bench,
  admitted: readonly { id: string; price: Rational }[],
  method: Method,
  draws: Draws,
): Benchmark | null {
  const base = benchRule(bench.of, ascending(admitted.map(({ price }) => price)), method, draws);
  if (!base) return null;
  const factors = (bench.factors ?? []).map((factor) => ({ factor, value: factorValue(factor, draws) }));
  const exact = factors.reduce((product, { value }) => product.mul(value), base.value);
  const factorText = factors.map(({ value }) => `×${value.toString()}`).join('');
  const formula = factors.length > 0 ? `(${base.formula})${factorText}` : base.formula;
  const inputs: Record<string, string> = {};
  for (const { id, price } of admitted) inputs[`price:${id}`] = price.toString();
  for (const [index, { factor, value }] of factors.entries()) {
    inputs[`factor:${index + 1}:${factor.from === 'declared' ? 'declared' : factor.name}`] = value.toString();
  }
  const step = traced({
    rule: `bench.${bench.of.rule}`,
    subject: 'all',
    inputs: {
      ...inputs,
      ...drawnInputs(bench, draws),
      n: String(admitted.length),
      fallback: String(base.fellBack),
    },
    exact,
    rounding: bench.rounding,
    sentence: (result) => ({
      zh: `评标基准价 = ${formula} = ${result}${base.fellBack ? '（报价数量不足以去极值，按约定的替代规则计算）' : ''}`,
      en: `Benchmark = ${formula} = ${result}${base.fellBack ? ' (too few bids to trim: declared fall-back)' : ''}`,
    }),
  });
  return { ...step, fellBack: base.fellBack };
}

/** Drawn numbers inside a composite, as they count. */
function drawnInputs({ of }: Bench, draws: Draws): Record<string, string> {
  if (of.rule !== 'composite') return {};
  const inputs: Record<string, string> = {};
  for (const [index, { factors }] of of.parts.entries()) {
    for (const factor of factors ?? []) {
      const name = factor.from === 'declared' ? 'declared' : factor.name;
      inputs[`part:${index + 1}:${factor.from}:${name}`] = factorValue(factor, draws).toString();
    }
  }
  return inputs;
}
