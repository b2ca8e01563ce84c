import type { Input } from '../method-inputs.js';
import type { Method } from '../method.js';
import type { AdjustStep, When } from '../method-adjust.js';
import type { Measure } from '../method-flags.js';

/** A place in a method that reads what a bid states. */
export interface Reference {
  readonly id: string;
  readonly kind: Input['kind'];
  readonly path: string;
}

const numbers = (path: string, ...ids: readonly string[]): Reference[] =>
  ids.map((id) => ({ id, kind: 'number' as const, path }));
const label = (id: string, path: string): Reference => ({ id, kind: 'label', path });

/** Everything of the bids that the method reads beside the price and the technical score. */
export function references(method: Method): Reference[] {
  const { admit, correct, adjust, combine, rank, flags } = method;
  return [
    ...(admit.labels ?? []).map((one, index) => label(one.label, `admit.labels.${index}`)),
    ...(admit.improvement ? numbers('admit.improvement.figure', admit.improvement.figure) : []),
    ...(correct?.words ? numbers('correct.words.figure', correct.words.figure) : []),
    ...(adjust ?? []).flatMap((step, index) => ofStep(step, `adjust.${index}`)),
    ...(combine.rule === 'sum' ? numbers('combine.figures', ...(combine.figures ?? [])) : []),
    ...(combine.rule === 'weighted-sum'
      ? numbers('combine.extra', ...(combine.extra ?? []).map(({ figure }) => figure))
      : []),
    ...rank.keys.flatMap((key, index) => {
      if (typeof key === 'string') return [];
      const path = `rank.keys.${index}`;
      return 'figure' in key ? numbers(path, key.figure) : [label(key.label, path)];
    }),
    ...(flags ?? []).flatMap(({ measure }, index) => ofMeasure(measure, `flags.${index}.measure`)),
  ];
}

function ofStep(step: AdjustStep, path: string): Reference[] {
  switch (step.rule) {
    case 'discount':
    case 'coefficient':
      return numbers(`${path}.figure`, step.figure);
    case 'currency':
      return [label(step.label, `${path}.label`)];
    case 'figures':
      return numbers(`${path}.figures`, ...step.figures);
    case 'omitted':
      return numbers(`${path}.items`, ...step.items.map(({ figure }) => figure));
    case 'features':
      return numbers(`${path}.features`, ...step.features.map(({ figure }) => figure));
    case 'preference':
      return [label(step.who.label, `${path}.who`), ...ofWhen(step.when, `${path}.when`)];
    case 'factor':
      return step.who ? [label(step.who.label, `${path}.who`)] : [];
    case 'life-cycle':
      return step.costs.map((cost, index) => {
        const at = `${path}.costs.${index}`;
        return cost.kind === 'series'
          ? { id: cost.series, kind: 'series', path: at }
          : { id: cost.figure, kind: 'number', path: at };
      });
    case 'esco-npv':
      return [
        { id: step.savings, kind: 'series', path: `${path}.savings` },
        ...numbers(path, step.share, step.years, step.days),
      ];
    case 'quality-money':
      return [];
  }
}

const ofWhen = (when: When, path: string): Reference[] =>
  when.rule === 'always'
    ? []
    : [label(when.who.label, path), ...(when.rule === 'lowest-in' ? [label(when.class.label, path)] : [])];

function ofMeasure(measure: Measure, path: string): Reference[] {
  if (measure.rule === 'gated-sum') {
    return measure.parts.flatMap(({ figure, needs }) =>
      numbers(`${path}.parts`, figure, ...(needs === undefined ? [] : [needs])),
    );
  }
  if (!('of' in measure)) return [];
  const sources = [measure.of, ...('others' in measure && measure.others ? [measure.others] : [])];
  return sources.flatMap((one) => (typeof one === 'string' ? [] : numbers(`${path}.of`, one.figure)));
}
