import { Rational } from '#kernel';
import type { TraceNode, VoidReason } from '../evaluation-types.js';
import type { Method } from '../method.js';
import { traced } from '../trace-node.js';
import { limitReasons, verdict } from './admit.js';
import { simpleBench } from './bench-rule.js';
import type { Entrant } from './entrant.js';
import { numberOf } from './stated.js';
import { ascending } from './trim.js';

export interface LateAdmission {
  readonly kept: readonly Entrant[];
  readonly reasons: ReadonlyMap<string, readonly VoidReason[]>;
  readonly trace: readonly TraceNode[];
}

/** Whether a method has anything to hold against the evaluated price. */
export function hasLateAdmission({ adjust, admit }: Method): boolean {
  return adjust !== undefined || admit.improvement !== undefined || admit.band !== undefined;
}

/**
 * Admission by the evaluated price: above zero, ceiling and floor that name it, `improvement` (at least the step under
 * the figure, equal passes), then once the band around a figure of all that are left. Band voids do not move the band.
 */
export function admitEvaluated(method: Method, entrants: readonly Entrant[]): LateAdmission {
  const own = new Map(entrants.map((entrant) => [entrant.id, ownReasons(method, entrant)]));
  const left = entrants.filter(({ id }) => own.get(id)!.length === 0);
  const outside = bandVoids(method, left);
  const trace: TraceNode[] = [];
  const reasons = new Map<string, readonly VoidReason[]>();
  for (const { id, price } of entrants) {
    const all = [...own.get(id)!, ...(outside.ids.has(id) ? ['outside-band' as const] : [])];
    reasons.set(id, all);
    const { node } = traced({
      rule: 'admit.evaluated',
      subject: id,
      inputs: { price: price.toString(), ...outside.inputs, reasons: all.join(' ') },
      exact: all.length === 0 ? Rational.ONE : Rational.ZERO,
      sentence: () => verdict(id, all),
    });
    trace.push(node);
  }
  return { kept: left.filter(({ id }) => !outside.ids.has(id)), reasons, trace };
}

function ownReasons({ admit }: Method, { price, stated }: Entrant): VoidReason[] {
  if (price.sign() <= 0) return ['evaluated-not-positive'];
  const reasons = limitReasons({ evaluated: price }, admit);
  if (admit.improvement) {
    const limit = numberOf(stated, admit.improvement.figure).sub(Rational.from(admit.improvement.by));
    if (limit.lessThan(price)) reasons.push('improvement-too-small');
  }
  return reasons;
}

function bandVoids(
  method: Method,
  entrants: readonly Entrant[],
): { ids: ReadonlySet<string>; inputs: Record<string, string> } {
  const { band } = method.admit;
  const nobody = { ids: new Set<string>(), inputs: {} };
  if (!band || entrants.length === 0 || entrants.length < (band.bidsMin ?? 1)) return nobody;
  const centre = simpleBench(band.around, ascending(entrants.map(({ price }) => price)), method)?.value;
  if (!centre || centre.sign() <= 0) return nobody;
  const at = (percent: Rational): Rational =>
    centre.mul(Rational.of(100n).add(percent)).div(Rational.of(100n));
  const low = band.belowPercent === undefined ? null : at(Rational.from(band.belowPercent).neg());
  const high = band.abovePercent === undefined ? null : at(Rational.from(band.abovePercent));
  const isOut = (price: Rational): boolean => {
    const sides = [low ? low.compare(price) : -1, high ? price.compare(high) : -1];
    return sides.some((side) => side > 0 || (side === 0 && band.limitIncluded));
  };
  return {
    ids: new Set(entrants.filter(({ price }) => isOut(price)).map(({ id }) => id)),
    inputs: {
      centre: centre.toString(),
      ...(low ? { low: low.toString() } : {}),
      ...(high ? { high: high.toString() } : {}),
    },
  };
}
