import { Rational, sum } from '#kernel';
import type { RaisedFlag, TraceNode } from '../evaluation-types.js';
import type { Flag, Limit } from '../method-flags.js';
import { exactValue, showBriefly, traced } from '../trace-node.js';
import { mean, median } from './average.js';
import { deviation, quantile } from './bench-statistics.js';
import { measureNodes, type FlagField, type Measured } from './flag-measure.js';

const DISPLAY_DIGITS = 4;
const SIGN = { lt: '<', le: '≤', gt: '>', ge: '≥' } as const;

/**
 * Advisory flags: a measure of each bid (or of all together) held against a declared limit, mean or median ± σ, an
 * interquartile fence, or a percent of a mean. `le` and `ge` include the limit. Nothing here changes a score. Sources:
 * ProZorro abnormally low price (40 % under the mean of the others, 30 % under the next), Spain RGLCAP art. 85,
 * Colombia (median − σ from five offers), OCP Cardinal R024–R058 (type 8 quartiles, 1.5 IQR).
 */
export function flagNodes(
  flags: readonly Flag[],
  field: FlagField,
): { advisory: readonly RaisedFlag[]; trace: readonly TraceNode[] } {
  const advisory: RaisedFlag[] = [];
  const trace: TraceNode[] = [];
  for (const flag of flags) {
    if (!isInRange(flag, field.entrants.length)) continue;
    const measured = measureNodes(flag.measure, field);
    if (measured.length === 0) continue;
    const limit = limitOf(flag.limit, measured);
    for (const { subject, value } of measured) {
      const isRaised = holds(flag.is, value.compare(limit));
      if (isRaised) {
        advisory.push({
          id: flag.id,
          subject,
          measure: exactValue(value, undefined, DISPLAY_DIGITS),
          limit: exactValue(limit, undefined, DISPLAY_DIGITS),
        });
      }
      trace.push(node(flag, { subject, value }, limit, isRaised));
    }
  }
  return { advisory, trace };
}

function node(flag: Flag, { subject, value }: Measured, limit: Rational, isRaised: boolean): TraceNode {
  const compared = `${showBriefly(value)} ${SIGN[flag.is]} ${showBriefly(limit)}`;
  return traced({
    rule: `flag.${flag.measure.rule}`,
    subject,
    inputs: { flag: flag.id, is: flag.is, limit: limit.toString(), raised: String(isRaised) },
    exact: value,
    sentence: () => ({
      zh: `${subject} ${flag.title.zh}：${compared} ${isRaised ? '成立，提示关注' : '不成立'}`,
      en: `${subject} ${flag.title.en}: ${compared} ${isRaised ? 'holds, look at it' : 'does not hold'}`,
    }),
  }).node;
}

const isInRange = ({ bids }: Flag, n: number): boolean =>
  !bids || (bids.from <= n && (bids.to === null || n <= bids.to));

function holds(is: Flag['is'], side: -1 | 0 | 1): boolean {
  return side === 0
    ? is === 'le' || is === 'ge'
    : side < 0
      ? is === 'lt' || is === 'le'
      : is === 'gt' || is === 'ge';
}

function limitOf(limit: Limit, measured: readonly Measured[]): Rational {
  const values = measured.map(({ value }) => value);
  switch (limit.rule) {
    case 'declared':
      return Rational.from(limit.value);
    case 'sum':
      return sum(limit.values.map((text) => Rational.from(text)));
    case 'sigma': {
      const centre = limit.centre === 'mean' ? mean(values) : median(values, 'mid');
      return centre.add(deviation(values, limit.sigma).mul(Rational.from(limit.times)));
    }
    case 'fence': {
      const { quartiles } = limit;
      const [q1, q3] =
        'q1' in quartiles
          ? [Rational.from(quartiles.q1), Rational.from(quartiles.q3)]
          : [
              quantile(values, Rational.of(1n, 4n), quartiles.type),
              quantile(values, Rational.of(3n, 4n), quartiles.type),
            ];
      const reach = q3.sub(q1).mul(Rational.from(limit.times));
      return limit.side === 'low' ? q1.sub(reach) : q3.add(reach);
    }
    case 'percent-of-mean':
      return trimmedMean(values, limit.dropAbovePercent)
        .mul(Rational.from(limit.percent))
        .div(Rational.of(100n));
  }
}

/** Mean of those not over the mean of all by more than the percent. */
function trimmedMean(values: readonly Rational[], dropAbovePercent: string | undefined): Rational {
  const centre = mean(values);
  if (dropAbovePercent === undefined) return centre;
  const limit = centre.mul(Rational.of(100n).add(Rational.from(dropAbovePercent))).div(Rational.of(100n));
  const kept = values.filter((value) => value.atMost(limit));
  return kept.length > 0 ? mean(kept) : centre;
}
