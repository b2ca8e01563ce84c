import { Rational } from '#kernel';
import type { BidResult, EvaluationResult, TraceNode } from './evaluation-types.js';
import { awardNode } from './nodes/award.js';
import type { Entrant } from './nodes/entrant.js';
import { flagNodes } from './nodes/flags.js';
import type { Ranking } from './nodes/rank.js';
import type { StagesInput } from './run-stages.js';

interface Ended {
  readonly members: Pick<EvaluationResult, 'award' | 'advisory'>;
  readonly trace: readonly TraceNode[];
}

/** Award and advice: only where the method has them, so that results of older methods keep their bytes. */
export function afterRank(
  { method, admissions, sheets }: Pick<StagesInput, 'method' | 'admissions' | 'sheets'>,
  bids: readonly BidResult[],
  entrants: readonly Entrant[],
  ranking: Ranking,
): Ended {
  const { award, flags, admit, panel } = method;
  const ceiling = admit.ceiling ? Rational.from(admit.ceiling.price) : null;
  const awarded = award && awardNode(award, ranking, entrants, ceiling);
  const [first] = ranking.places;
  const admitted = new Set(bids.filter((bid) => bid.admitted).map(({ id }) => id));
  const flagged =
    flags &&
    flagNodes(flags, {
      entrants,
      submitted: admissions.flatMap(({ id, price }) =>
        price ? [{ id, offered: price, isVoid: !admitted.has(id) }] : [],
      ),
      winner: first && !first.isTied ? first.id : null,
      sheets,
      panel: panel ?? null,
    });
  return {
    members: {
      ...(awarded ? { award: awarded.award } : {}),
      ...(flagged ? { advisory: flagged.advisory } : {}),
    },
    trace: [...(awarded?.trace ?? []), ...(flagged?.trace ?? [])],
  };
}
