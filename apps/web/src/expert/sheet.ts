import { inParts, type PartLimits, Rational } from '#kernel';
import type { AnswerOf } from '../api/call.js';

export type Criterion = AnswerOf<'getScoringWork'>['criteria'][number];
export type BlindBid = AnswerOf<'getScoringWork'>['bids'][number];
export type Marks = Readonly<Record<string, string>>;

/** Everything that an expert has written of one bid. */
export interface Line {
  readonly marks: Marks;
  readonly reason: string;
}

/** As `decimal` in `#contracts`, without a sign. */
const MARK = /^(?:0|[1-9]\d{0,5})(?:\.\d{1,6})?$/;

/** Marks that are signed together: less than a signed document may have, in base64url and with its certificate. */
const SIGNED_PIECE: PartLimits = { itemsMax: 1_000, bytesMax: 40 * 1024 };

export type MarkFault = 'missing' | 'malformed' | 'too-high';

/** What is wrong with a mark as typed; undefined where nothing is. */
export function findMarkFault(text: string | undefined, { pointsMax }: Criterion): MarkFault | undefined {
  if (text === undefined || text === '') return 'missing';
  if (!MARK.test(text)) return 'malformed';
  return Rational.from(pointsMax).lessThan(Rational.from(text)) ? 'too-high' : undefined;
}

/** Nothing or everything: such a mark is told a reason for. */
export function isExtreme(text: string | undefined, criterion: Criterion): boolean {
  if (text === undefined || findMarkFault(text, criterion)) return false;
  const mark = Rational.from(text);
  return mark.sign() === 0 || mark.equals(Rational.from(criterion.pointsMax));
}

export const needsReason = ({ marks }: Line, criteria: readonly Criterion[]): boolean =>
  criteria.some((criterion) => isExtreme(marks[criterion.id], criterion));

export type LineState = 'empty' | 'begun' | 'reason-missing' | 'whole';

/** How far one bid is marked. */
export function stateOf(line: Line, criteria: readonly Criterion[]): LineState {
  const given = criteria.filter(({ id }) => (line.marks[id] ?? '') !== '').length;
  if (given === 0) return 'empty';
  if (criteria.some((criterion) => findMarkFault(line.marks[criterion.id], criterion))) return 'begun';
  return needsReason(line, criteria) && line.reason.trim() === '' ? 'reason-missing' : 'whole';
}

/** The sum of the marks that are sound, as decimal text. */
export function totalOf({ marks }: Line, criteria: readonly Criterion[]): string {
  const sum = criteria.reduce(
    (total, criterion) =>
      findMarkFault(marks[criterion.id], criterion) ? total : total.add(Rational.from(marks[criterion.id]!)),
    Rational.from('0'),
  );
  return sum.toFixed({ digits: 6, mode: 'half-up' }).replace(/\.?0+$/, '');
}

/** The payloads that are signed one by one; the last completes the sheet. */
export function piecesOf(tenderId: string, lines: ReadonlyMap<string, Line>): readonly object[] {
  const rows = [...lines].map(([alias, { marks, reason }]) => ({ alias, marks, reason: reason.trim() }));
  return inParts(rows, SIGNED_PIECE).map((piece) => ({
    v: 1,
    tenderId,
    scores: Object.fromEntries(piece.map(({ alias, marks }) => [alias, marks])),
    reasons: Object.fromEntries(
      piece.filter(({ reason }) => reason !== '').map(({ alias, reason }) => [alias, reason]),
    ),
  }));
}
