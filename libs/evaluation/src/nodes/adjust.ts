import type { Rational } from '#kernel';
import type { TraceNode } from '../evaluation-types.js';
import type { Adjust, AdjustStep } from '../method-adjust.js';
import { traced } from '../trace-node.js';
import { adjustEscoNpv } from './adjust-esco-npv.js';
import { adjustLifeCycle } from './adjust-life-cycle.js';
import { adjustOmitted } from './adjust-omitted.js';
import { adjustPlain } from './adjust-plain.js';
import { adjustPreference } from './adjust-preference.js';
import type { Entrant } from './entrant.js';

/** What one step makes of one price. */
export interface Change {
  readonly value: Rational;
  readonly inputs: Readonly<Record<string, string>>;
  readonly formula: string;
}

/**
 * The evaluated price: every step in order over all admitted bids, each on what the step before it left. A step that
 * looks at other bids sees the prices before itself. It ranks; the contract is at the offered or corrected price.
 */
export function adjustNodes(
  steps: Adjust,
  admitted: readonly Entrant[],
): { entrants: readonly Entrant[]; trace: readonly TraceNode[] } {
  let entrants = admitted;
  const trace: TraceNode[] = [];
  for (const [index, step] of steps.entries()) {
    entrants = entrants.map((entrant) => {
      const change = changeOf(step, entrant, entrants);
      const { value, node } = traced({
        rule: `adjust.${step.rule}`,
        subject: entrant.id,
        inputs: { step: String(index + 1), price: entrant.price.toString(), ...change.inputs },
        exact: change.value,
        rounding: step.rounding,
        sentence: (result) => ({
          zh: `${entrant.id} 评审价 = ${change.formula} = ${result}`,
          en: `${entrant.id} evaluated price = ${change.formula} = ${result}`,
        }),
      });
      trace.push(node);
      return { ...entrant, price: value };
    });
  }
  return { entrants, trace };
}

function changeOf(step: AdjustStep, entrant: Entrant, all: readonly Entrant[]): Change {
  switch (step.rule) {
    case 'omitted':
      return adjustOmitted(step, entrant, all);
    case 'preference':
      return adjustPreference(step, entrant, all);
    case 'life-cycle':
      return adjustLifeCycle(step, entrant);
    case 'esco-npv':
      return adjustEscoNpv(step, entrant);
    default:
      return adjustPlain(step, entrant);
  }
}
