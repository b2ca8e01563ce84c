import { Rational, invariant } from '#kernel';
import type { Combine } from '../method.js';
import { show, traced, type Traced } from '../trace-node.js';

export interface ScoredBid {
  readonly id: string;
  readonly priceScore: Rational;
  readonly technical: Rational | null;
}

/**
 * Total: Σ score × weight ÷ 100 (weights in percent, sum 100), or the plain sum of the named points. A technical
 * score of weight 0 need not exist. Rounded only where declared. Source: 财政部令第87号 art. 55; QCBS.
 */
export function combineNode({ id, priceScore, technical }: ScoredBid, rule: Combine): Traced {
  const parts: { name: 'price' | 'technical'; score: Rational; weight: string | null }[] = [];
  const add = (name: 'price' | 'technical', weight: string | null): void => {
    const score = name === 'price' ? priceScore : technical;
    if (!score && weight !== null && Rational.from(weight).isZero()) return;
    invariant(score, 'an admitted bid has every score that is combined');
    parts.push({ name, score, weight });
  };
  if (rule.rule === 'sum') for (const name of rule.of) add(name, null);
  else {
    add('technical', rule.weights.technical);
    add('price', rule.weights.price);
  }
  const exact = parts.reduce((total, { score, weight }) => {
    const part = weight === null ? score : score.mul(Rational.from(weight)).div(Rational.of(100n));
    return total.add(part);
  }, Rational.ZERO);
  const formula = parts
    .map(({ score, weight }) => show(score) + (weight === null ? '' : `×${weight}%`))
    .join('+');
  const inputs: Record<string, string> = {};
  for (const { name, score, weight } of parts) {
    inputs[name] = score.toString();
    if (weight !== null) inputs[`${name}Weight`] = weight;
  }
  return traced({
    rule: `combine.${rule.rule}`,
    subject: id,
    inputs,
    exact,
    rounding: rule.rounding,
    sentence: (result) => ({
      zh: `${id} 总得分 = ${formula} = ${result}`,
      en: `${id} total = ${formula} = ${result}`,
    }),
  });
}
