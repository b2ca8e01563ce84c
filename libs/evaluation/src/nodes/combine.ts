import { Rational, invariant } from '#kernel';
import type { Combine } from '../method-combine.js';
import { show, traced, type Traced } from '../trace-node.js';
import { numberOf, type Stated } from './stated.js';

export interface ScoredBid {
  readonly id: string;
  /** The evaluated price. */
  readonly price: Rational;
  /** Null where the method has no price score. */
  readonly priceScore: Rational | null;
  readonly technical: Rational | null;
  readonly stated: Stated;
}

interface Part {
  readonly name: string;
  readonly score: Rational;
  readonly weight: string | null;
}

interface Total {
  readonly exact: Rational;
  readonly formula: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Total: Σ score × weight ÷ 100 (weights in percent, sum 100), or the plain sum of the named points, each with figures
 * beside; (base + technical) ÷ price × scale; price × scale ÷ (base + technical); or the evaluated price itself. A
 * technical score of weight 0 need not exist. Rounded only where declared. Sources: 财政部令第87号 art. 55; QCBS;
 * 総合評価落札方式 (加算方式: sum, 除算方式: ratio with base 100); FAR 15.101 (price per point).
 */
export function combineNode(bid: ScoredBid, rule: Combine): Traced {
  const { exact, formula, inputs } = totalOf(bid, rule);
  return traced({
    rule: `combine.${rule.rule}`,
    subject: bid.id,
    inputs,
    exact,
    rounding: rule.rounding,
    sentence: (result) => ({
      zh: `${bid.id} 总得分 = ${formula} = ${result}`,
      en: `${bid.id} total = ${formula} = ${result}`,
    }),
  });
}

function totalOf(bid: ScoredBid, rule: Combine): Total {
  switch (rule.rule) {
    case 'weighted-sum':
    case 'sum':
      return sumOf(partsOf(bid, rule));
    case 'evaluated-price':
      return { exact: bid.price, formula: show(bid.price), inputs: { price: bid.price.toString() } };
    case 'ratio':
    case 'price-per-quality':
      return quotient(bid, rule);
  }
}

function partsOf(bid: ScoredBid, rule: Extract<Combine, { rule: 'weighted-sum' | 'sum' }>): Part[] {
  const parts: Part[] = [];
  const add = (name: 'price' | 'technical', weight: string | null): void => {
    const score = name === 'price' ? bid.priceScore : bid.technical;
    if (!score && weight !== null && Rational.from(weight).isZero()) return;
    invariant(score, 'an admitted bid has every score that is combined');
    parts.push({ name, score, weight });
  };
  if (rule.rule === 'sum') {
    for (const name of rule.of) add(name, null);
    for (const id of rule.figures ?? []) {
      parts.push({ name: `figure:${id}`, score: numberOf(bid.stated, id), weight: null });
    }
    return parts;
  }
  add('technical', rule.weights.technical);
  add('price', rule.weights.price);
  for (const { figure, weight } of rule.extra ?? []) {
    parts.push({ name: `figure:${figure}`, score: numberOf(bid.stated, figure), weight });
  }
  return parts;
}

function sumOf(parts: readonly Part[]): Total {
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
  return { exact, formula, inputs };
}

/** Points over money or money over points. Without any point, money over points is the price over the smallest unit. */
function quotient(bid: ScoredBid, rule: Extract<Combine, { rule: 'ratio' | 'price-per-quality' }>): Total {
  invariant(bid.technical, 'an admitted bid has every score that is combined');
  const points = Rational.from(rule.base).add(bid.technical);
  const scale = Rational.from(rule.scale);
  const inputs = {
    price: bid.price.toString(),
    technical: bid.technical.toString(),
    base: rule.base,
    scale: rule.scale,
  };
  const quality = `(${rule.base}+${show(bid.technical)})`;
  if (rule.rule === 'ratio') {
    const formula = `${quality}÷${show(bid.price)}×${rule.scale}`;
    return { exact: points.div(bid.price).mul(scale), formula, inputs };
  }
  invariant(points.sign() > 0, 'admission rules out a bid without any point');
  return {
    exact: bid.price.mul(scale).div(points),
    formula: `${show(bid.price)}×${rule.scale}÷${quality}`,
    inputs,
  };
}
