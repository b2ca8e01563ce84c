import { Rational } from '#kernel';
import type { FlagSource, Measure } from '../method-flags.js';
import { mean } from './average.js';
import type { Entrant } from './entrant.js';
import { numberOf } from './stated.js';
import { ascending } from './trim.js';

const HUNDRED = Rational.of(100n);

export interface Measured {
  /** Bid id, or `all`. */
  readonly subject: string;
  readonly value: Rational;
}

/**
 * What a flag looks at, for each bid or for all together. A share whose base is zero has no value, and the bid is left
 * out; so is the dearest bid of "next dearer" measures. Equal values: the next one is not dearer, its distance is 0.
 */
export function measureNodes(measure: Measure, entrants: readonly Entrant[]): readonly Measured[] {
  if (measure.rule === 'gated-sum') {
    return entrants.map((entrant) => ({ subject: entrant.id, value: gatedSum(measure, entrant) }));
  }
  const own = entrants.map((entrant) => ({ subject: entrant.id, value: sourceValue(measure.of, entrant) }));
  const sorted = [...own].sort((a, b) => a.value.compare(b.value));
  switch (measure.rule) {
    case 'value':
      return own;
    case 'below-declared':
      return shares(own, () => Rational.from(measure.value));
    case 'below-mean-of-others':
      return shares(own, (_, index) => {
        const others = own.filter((__, other) => other !== index).map(({ value }) => value);
        return others.length === 0 ? null : mean(others);
      });
    case 'below-next':
      return shares(sorted, (_, index) => sorted[index + 1]?.value ?? null);
    case 'gap-to-next':
      return gaps(measure.lowestOnly ? sorted.slice(0, 2) : sorted);
    case 'progression':
      return [{ subject: 'all', value: isProgression(values(own), measure.kind) ? HUNDRED : Rational.ZERO }];
    case 'same-tail':
      return [{ subject: 'all', value: tailShare(values(own), measure.digits) }];
  }
}

const values = (list: readonly Measured[]): Rational[] => ascending(list.map(({ value }) => value));

function sourceValue(source: FlagSource, { offered, price, stated }: Entrant): Rational {
  if (typeof source !== 'string') return numberOf(stated, source.figure);
  return source === 'offered' ? offered : price;
}

/** (base − own) ÷ base in percent. */
function shares(
  list: readonly Measured[],
  baseOf: (one: Measured, index: number) => Rational | null,
): Measured[] {
  return list.flatMap((one, index) => {
    const base = baseOf(one, index);
    if (!base || base.isZero()) return [];
    return [{ subject: one.subject, value: base.sub(one.value).div(base).mul(HUNDRED) }];
  });
}

/** (next − own) ÷ own in percent. */
function gaps(sorted: readonly Measured[]): Measured[] {
  return sorted.slice(0, -1).flatMap(({ subject, value }, index) => {
    if (value.isZero()) return [];
    return [{ subject, value: sorted[index + 1]!.value.sub(value).div(value).mul(HUNDRED) }];
  });
}

function gatedSum({ parts }: Extract<Measure, { rule: 'gated-sum' }>, { stated }: Entrant): Rational {
  return parts.reduce((total, { figure, weight, gate, needs }) => {
    const value = numberOf(stated, figure);
    const isShut =
      (gate !== undefined && value.lessThan(Rational.from(gate))) ||
      (needs !== undefined && numberOf(stated, needs).isZero());
    return isShut ? total : total.add(value.mul(Rational.from(weight)));
  }, Rational.ZERO);
}

/** Three values or more with one difference, or one ratio; all equal is no progression. */
function isProgression(sorted: readonly Rational[], kind: 'arithmetic' | 'geometric'): boolean {
  if (sorted.length < 3 || sorted[0]!.equals(sorted.at(-1)!)) return false;
  if (kind === 'geometric' && sorted[0]!.sign() <= 0) return false;
  const steps = sorted
    .slice(1)
    .map((value, index) => (kind === 'arithmetic' ? value.sub(sorted[index]!) : value.div(sorted[index]!)));
  return steps.every((step) => step.equals(steps[0]!));
}

/** Percent of the values whose last whole digits are the most frequent ones. */
function tailShare(list: readonly Rational[], digits: number): Rational {
  if (list.length === 0) return Rational.ZERO;
  const counts = new Map<bigint, bigint>();
  for (const value of list) {
    const tail = value.abs().round({ digits: 0, mode: 'down' }).n % 10n ** BigInt(digits);
    counts.set(tail, (counts.get(tail) ?? 0n) + 1n);
  }
  const most = [...counts.values()].reduce((a, b) => (a < b ? b : a), 0n);
  return Rational.of(most * 100n, BigInt(list.length));
}
