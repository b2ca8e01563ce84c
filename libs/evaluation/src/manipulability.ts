import { Rational } from '#kernel';
import { evaluate } from './evaluate.js';
import type { Bid, EvaluationInput, EvaluationResult } from './evaluation-types.js';

/** A bidder that becomes the only first by handing in `covers` more bids at one price. */
export interface Move {
  readonly bidder: string;
  readonly covers: 1 | 2 | 3;
  /** Price of the cover bids in percent of the bidder's own. */
  readonly percent: string;
  /** Rank without any cover bid; null where the bid was void. */
  readonly rankBefore: number | null;
}

export interface Manipulability {
  readonly winner: string | null;
  /** For each bidder that can be moved, the move with the fewest cover bids, then the cheapest of them. */
  readonly moves: readonly Move[];
  /** Evaluations that were run. */
  readonly tried: number;
}

const COVERS = [1, 2, 3] as const;
/** Prices of cover bids that are tried, in percent of the bidder's own. */
const PERCENTS = [
  '60',
  '70',
  '80',
  '85',
  '90',
  '95',
  '98',
  '102',
  '105',
  '110',
  '115',
  '120',
  '130',
  '150',
  '200',
];
const CENTS = { digits: 2, mode: 'half-up' } as const;

/**
 * How far one bidder moves the result with one to three cover bids: for everybody who is not first, up to three more
 * bids at one price with the same quality are added, and the evaluation is run. Benchmarks that average all bids are
 * moved by those who bid together; the author of a method sees it here on sample bids before publication. Nothing
 * found is no proof that nothing can be found. Throws as `evaluate` does.
 */
export function manipulability(input: EvaluationInput): Manipulability {
  const before = evaluate(input);
  const winner = first(before);
  const moves: Move[] = [];
  let tried = 0;
  for (const bid of input.bids) {
    const own = Rational.parse(bid.price);
    if (bid.id === winner || !own || own.sign() <= 0) continue;
    const rankBefore = before.bids.find(({ id }) => id === bid.id)?.rank ?? null;
    const found = trials().find(({ covers, percent }) => {
      tried += 1;
      return first(evaluate(withCovers(input, bid, own, covers, percent))) === bid.id;
    });
    if (found) moves.push({ bidder: bid.id, ...found, rankBefore });
  }
  return { winner, moves, tried };
}

const trials = (): Pick<Move, 'covers' | 'percent'>[] =>
  COVERS.flatMap((covers) => PERCENTS.map((percent) => ({ covers, percent })));

function first({ bids }: EvaluationResult): string | null {
  const top = bids.filter(({ rank }) => rank === 1);
  return top.length === 1 ? top[0]!.id : null;
}

function withCovers(
  input: EvaluationInput,
  bid: Bid,
  own: Rational,
  covers: number,
  percent: string,
): EvaluationInput {
  const price = own.mul(Rational.from(percent)).div(Rational.of(100n)).toFixed(CENTS);
  const names = Array.from({ length: covers }, (_, at) => `cover-${at + 1}:${bid.id}`.slice(0, 64));
  const added = names.map((id) => ({ ...bid, id, price }));
  const sheets = (input.panel ?? []).filter((sheet) => sheet.bid === bid.id);
  return {
    ...input,
    bids: [...input.bids, ...added],
    ...(input.panel
      ? {
          panel: [
            ...input.panel,
            ...names.flatMap((name) => sheets.map((sheet) => ({ ...sheet, bid: name }))),
          ],
        }
      : {}),
  };
}
