import { Rational } from '#kernel';
import type { ScoreSheet } from '../evaluation-types.js';
import type { FlagSource, Measure } from '../method-flags.js';
import type { Panel } from '../method-panel.js';
import { mean } from './average.js';
import type { Entrant } from './entrant.js';
import { expertAgreement, expertOutliers } from './flag-panel.js';
import { numberOf } from './stated.js';
import { ascending } from './trim.js';

const HUNDRED = Rational.of(100n);

export interface Measured {
  /** Bid id, or `all`. */
  readonly subject: string;
  readonly value: Rational;
}

/** What flags may look at: the ranked bids, everybody who submitted, the experts' sheets. */
export interface FlagField {
  readonly entrants: readonly Entrant[];
  readonly submitted: readonly {
    readonly id: string;
    readonly offered: Rational;
    readonly isVoid: boolean;
  }[];
  /** Null where nobody or more than one is first. */
  readonly winner: string | null;
  readonly sheets: readonly ScoreSheet[];
  readonly panel: Panel | null;
}

/**
 * What a flag looks at, for each bid or for all together. A share whose base is zero has no value, and the bid is left
 * out; so is the dearest bid of "next dearer" measures. Equal values: the next one is not dearer, its distance is 0.
 */
export function measureNodes(measure: Measure, field: FlagField): readonly Measured[] {
  const { entrants } = field;
  switch (measure.rule) {
    case 'gated-sum':
      return entrants.map((entrant) => ({ subject: entrant.id, value: gatedSum(measure, entrant) }));
    case 'equal-offers':
      return [{ subject: 'all', value: largestGroup(field.submitted.map(({ offered }) => offered)) }];
    case 'void-below-winner':
      return voidBelow(field);
    case 'expert-agreement':
      return field.panel ? expertAgreement(field.sheets, field.panel) : [];
    case 'expert-outlier':
      return field.panel ? expertOutliers(field.sheets, field.panel) : [];
    default:
      return ofPrices(measure, entrants);
  }
}

type PriceMeasure = Extract<Measure, { of: FlagSource }>;

function ofPrices(measure: PriceMeasure, entrants: readonly Entrant[]): readonly Measured[] {
  const own = entrants.map((entrant) => ({ subject: entrant.id, value: sourceValue(measure.of, entrant) }));
  const sorted = [...own].sort((a, b) => a.value.compare(b.value));
  switch (measure.rule) {
    case 'value':
      return own;
    case 'below-declared':
      return shares(own, () => Rational.from(measure.value));
    case 'below-mean-of-others':
      return belowOthers(own, entrants, measure.others ?? measure.of);
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

function belowOthers(own: readonly Measured[], entrants: readonly Entrant[], source: FlagSource): Measured[] {
  return shares(own, ({ subject }) => {
    const others = entrants.filter(({ id }) => id !== subject).map((other) => sourceValue(source, other));
    return others.length === 0 ? null : mean(others);
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
  const modulus = 10n ** BigInt(digits);
  const tails = list.map((value) => Rational.of(value.abs().round({ digits: 0, mode: 'down' }).n % modulus));
  return largestGroup(tails)
    .mul(HUNDRED)
    .div(Rational.of(BigInt(list.length)));
}

/** How many of the values are the most frequent one. */
function largestGroup(list: readonly Rational[]): Rational {
  const counts = new Map<string, bigint>();
  for (const value of list) counts.set(value.toString(), (counts.get(value.toString()) ?? 0n) + 1n);
  return Rational.of([...counts.values()].reduce((a, b) => (a < b ? b : a), 0n));
}

function voidBelow({ submitted, winner }: FlagField): Measured[] {
  const first = submitted.find(({ id }) => id === winner);
  if (!first) return [];
  const below = submitted.filter(({ offered, isVoid }) => isVoid && offered.lessThan(first.offered));
  return [{ subject: first.id, value: Rational.of(BigInt(below.length)) }];
}
