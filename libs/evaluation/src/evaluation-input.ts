import { DomainError, Rational, isInstant } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';
import type { Bid, BidBill, BidItem, Draws, ScoreSheet } from './evaluation-types.js';

export function refuseInput(message: string, details: Readonly<Record<string, unknown>> = {}): never {
  throw new DomainError<EvaluationErrorCode>('evaluation.input-invalid', message, details);
}

/** Bounds every number read, so that nobody can make the arithmetic slow with a text of a million digits. */
const CHARS_MAX = 400;

export function readExact(text: string, what: string): Rational {
  const value = text.length <= CHARS_MAX ? Rational.parse(text) : undefined;
  return value ?? refuseInput(`${what} is not a decimal or n/d: ${text.slice(0, 60)}`, { what });
}

/** Order by UTF-16 code units: the same in every engine and locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Bids by id with only the keys that the evaluation reads. Throws `evaluation.input-invalid`. */
export function normaliseBids(bids: readonly Bid[]): Bid[] {
  const known = bids.map(
    ({ id, price, technical, receivedAt, figures, series, labels, items, bill, rejected }) => {
      if (receivedAt !== undefined && !isInstant(receivedAt)) {
        refuseInput(`Bid ${id} has no valid time of receipt.`, { bid: id, receivedAt });
      }
      return {
        id,
        price,
        ...(technical === undefined
          ? {}
          : { technical: readExact(technical, `technical score of ${id}`).toString() }),
        ...(receivedAt === undefined ? {} : { receivedAt }),
        ...(figures === undefined ? {} : { figures: { ...figures } }),
        ...(series === undefined ? {} : { series: { ...series } }),
        ...(labels === undefined ? {} : { labels: { ...labels } }),
        ...(items === undefined ? {} : { items: items.map(bidItem) }),
        ...(bill === undefined ? {} : { bill: bidBill(bill, id) }),
        ...(rejected === undefined ? {} : { rejected }),
      };
    },
  );
  const sorted = known.sort((a, b) => byText(a.id, b.id));
  for (const [index, { id }] of sorted.entries()) {
    requireId(id);
    if (sorted[index + 1]?.id === id) refuseInput(`Bid ${id} occurs twice.`, { bid: id });
  }
  return sorted;
}

const bidItem = ({ id, quantity, unitPrice, amount }: BidItem): BidItem => ({
  id,
  quantity,
  unitPrice,
  ...(amount === undefined ? {} : { amount }),
});

/** The corrected total is not read as a number of any length: it was made by us, not by a bidder. */
function bidBill({ corrected, reason }: BidBill, id: string): BidBill {
  if ((corrected === null) !== (reason !== null))
    refuseInput(`The bill of ${id} has a total, or a reason why it has none.`, { bid: id });
  if (corrected !== null) readExact(corrected, `corrected bill of ${id}`);
  return { corrected, reason };
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** Ids stand in trace inputs and sentences: one plain word. */
function requireId(id: string): void {
  if (!ID.test(id))
    refuseInput('An id of a bid or expert is 1 to 64 letters, digits, ".", "_", ":" or "-".', { id });
}

/** Sheets by bid, then expert. Throws `evaluation.input-invalid`. */
export function normaliseSheets(sheets: readonly ScoreSheet[]): ScoreSheet[] {
  for (const { expert, bid } of sheets) {
    requireId(expert);
    requireId(bid);
  }
  return sheets
    .map(({ expert, bid, scores }) => ({ expert, bid, scores: { ...scores } }))
    .sort((a, b) => byText(a.bid, b.bid) || byText(a.expert, b.expert));
}

export function normaliseDraws({ numbers, order }: Draws): Draws {
  if (order && new Set(order).size !== order.length)
    refuseInput('The drawn order names a bid twice.', { order });
  return {
    ...(numbers === undefined ? {} : { numbers: { ...numbers } }),
    ...(order === undefined ? {} : { order: [...order] }),
  };
}
