import { Rational } from '#kernel';
import type { TraceNode } from '../evaluation-types.js';
import type { Panel } from '../method-panel.js';
import { show, traced } from '../trace-node.js';
import type { Entrant } from './entrant.js';

/**
 * technical × to ÷ best technical of the admitted bids, so that the best has `to`. Void bids have left before. All at
 * zero stay at zero. Source: QCBS of some lenders, UK and Japanese practice ("the best technical bid is given 100").
 */
export function rescaleNodes(
  { rescale }: Panel,
  entrants: readonly Entrant[],
): { entrants: readonly Entrant[]; trace: readonly TraceNode[] } {
  const best = entrants.reduce((max, { technical }) => (technical ? max.max(technical) : max), Rational.ZERO);
  if (!rescale || best.isZero()) return { entrants, trace: [] };
  const trace: TraceNode[] = [];
  const rescaled = entrants.map((entrant) => {
    const { id, technical } = entrant;
    if (!technical) return entrant;
    const { value, node } = traced({
      rule: 'panel.rescale',
      subject: id,
      inputs: { technical: technical.toString(), best: best.toString(), to: rescale.to },
      exact: technical.mul(Rational.from(rescale.to)).div(best),
      rounding: rescale.rounding,
      sentence: (result) => {
        const formula = `${show(technical)}×${rescale.to}÷${show(best)}`;
        return {
          zh: `${id} 技术得分折算 = ${formula} = ${result}`,
          en: `${id} rescaled technical score = ${formula} = ${result}`,
        };
      },
    });
    trace.push(node);
    return { ...entrant, technical: value };
  });
  return { entrants: rescaled, trace };
}
