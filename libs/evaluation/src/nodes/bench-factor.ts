import { Rational } from '#kernel';
import { readExact, refuseInput } from '../evaluation-input.js';
import type { Draws } from '../evaluation-types.js';
import type { BenchFactor } from '../method-bench.js';

/**
 * A declared number, a drawn one, or 1 − a drawn one. A draw that is not recorded, not positive, not under 1 where the
 * rest of it is taken, or none of those it was drawn among, throws `evaluation.input-invalid`.
 */
export function factorValue(factor: BenchFactor, { numbers }: Draws): Rational {
  if (factor.from === 'declared') return Rational.from(factor.value);
  const { name, among } = factor;
  const text = numbers && Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  if (text === undefined) refuseInput(`The drawn number ${name} is not recorded.`, { name });
  const value = readExact(text, `drawn number ${name}`);
  const isRest = factor.from === 'draw-rest';
  if (isRest ? value.sign() < 0 : value.sign() <= 0)
    refuseInput(`The drawn number ${name} is not positive.`, { name });
  if (isRest && Rational.ONE.atMost(value)) refuseInput(`The drawn number ${name} is not under 1.`, { name });
  if (among && !among.some((one) => Rational.from(one).equals(value)))
    refuseInput(`The drawn number ${name} is none of those it is drawn among.`, { name });
  return isRest ? Rational.ONE.sub(value) : value;
}

/** value × each factor, with the factors as text. */
export function applyFactors(
  value: Rational,
  factors: readonly BenchFactor[],
  draws: Draws,
): { product: Rational; text: string } {
  const values = factors.map((factor) => factorValue(factor, draws));
  return {
    product: values.reduce((product, one) => product.mul(one), value),
    text: values.map((one) => `×${one.toString()}`).join(''),
  };
}
