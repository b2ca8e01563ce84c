import { Rational, sum } from '#kernel';
import type { Bid, BidItem, TraceNode, VoidReason } from '../evaluation-types.js';
import type { Correct } from '../method-correct.js';
import { show, traced } from '../trace-node.js';
import { numberOf, type Stated } from './stated.js';

/** Lines of one bill; a longer one is void before anything is read. */
const ITEMS_MAX = 10_000;
const PERCENT = Rational.of(1n, 100n);
const DECIMAL = /^(?:0|[1-9]\d{0,29})(?:\.\d{1,12})?$/;

export interface Correction {
  readonly price: Rational;
  readonly reasons: readonly VoidReason[];
  readonly trace: readonly TraceNode[];
}

interface Line {
  readonly id: string;
  readonly value: Rational;
  readonly isChanged: boolean;
}

/**
 * Arithmetic correction. Words govern over figures. Of a bill: line = quantity × unit price (both rounded where
 * declared) when the unit price governs, the stated line when that governs; the total is Σ lines + Σ markups, a
 * markup being percent of the lines and of markups before it. A bill that is missing, unreadable or not the buyer's
 * makes the bid void. A bill that is given by what it comes to (`bill`) is taken as it is. Source: FIDIC/World Bank arithmetic errors clause (unit price and words govern);
 * 评标委员会和评标方法暂行规定; Colombian pliego tipo (unit price rounded first).
 */
export function correctNode(bid: Bid, offered: Rational, stated: Stated, rule: Correct): Correction {
  const named = rule.words ? numberOf(stated, rule.words.figure) : offered;
  const { bill } = bid;
  const isSummed = bill !== undefined && rule.governs !== 'none';
  if (isSummed && bill.reason !== null) return { price: offered, reasons: [bill.reason], trace: [] };
  const lines = rule.governs === 'none' || isSummed ? [] : readLines(bid.items ?? [], rule);
  if (typeof lines === 'string') return { price: offered, reasons: [lines], trace: [] };
  const inputs: Record<string, string> = { offered: offered.toString(), governs: rule.governs };
  if (rule.words) inputs['words'] = named.toString();
  const formulas: string[] = [];
  let exact = named;
  if (isSummed) {
    exact = Rational.from(bill.corrected!);
    formulas.push(show(exact));
    inputs['bill'] = exact.toString();
  } else if (rule.governs !== 'none') {
    const parts = new Map([['direct', sum(lines.map(({ value }) => value))]]);
    formulas.push(show(parts.get('direct')!));
    for (const { id, value } of lines) inputs[`line:${id}`] = value.toString();
    inputs['changed'] = lines.flatMap(({ id, isChanged }) => (isChanged ? [id] : [])).join(' ');
    for (const { id, percent, of, rounding } of rule.markups ?? []) {
      const raw = sum(of.map((name) => parts.get(name) ?? Rational.ZERO))
        .mul(Rational.from(percent))
        .mul(PERCENT);
      const value = rounding ? raw.round(rounding) : raw;
      parts.set(id, value);
      formulas.push(show(value));
      inputs[`markup:${id}`] = value.toString();
    }
    exact = sum([...parts.values()]);
  }
  const formula = formulas.length > 0 ? formulas.join('+') : show(named);
  const { value, node } = traced({
    rule: 'correct',
    subject: bid.id,
    inputs,
    exact,
    rounding: rule.rounding,
    sentence: (result) => ({
      zh: `${bid.id} 修正后报价 = ${formula} = ${result}（原报价 ${show(offered)}）`,
      en: `${bid.id} corrected price = ${formula} = ${result} (offered ${show(offered)})`,
    }),
  });
  return {
    price: value,
    reasons: isOverLimit(offered, value, rule) ? ['correction-over-limit'] : [],
    trace: [node],
  };
}

function isOverLimit(offered: Rational, value: Rational, { changeMaxPercent }: Correct): boolean {
  if (changeMaxPercent === undefined || offered.sign() <= 0) return false;
  return Rational.from(changeMaxPercent).mul(PERCENT).mul(offered).lessThan(value.sub(offered).abs());
}

function readLines(items: readonly BidItem[], rule: Correct): Line[] | VoidReason {
  if (items.length === 0 || items.length > ITEMS_MAX) return 'items-invalid';
  if (new Set(items.map(({ id }) => id)).size !== items.length) return 'items-differ';
  const lines: Line[] = [];
  for (const item of items) {
    const line = readLine(item, rule);
    if (!line) return 'items-invalid';
    lines.push(line);
  }
  return rule.quantities && !isBuyersBill(items, rule.quantities) ? 'items-differ' : lines;
}

function readLine({ id, quantity, unitPrice, amount }: BidItem, rule: Correct): Line | null {
  if (![quantity, unitPrice, amount ?? '0'].every((text) => DECIMAL.test(text))) return null;
  const unit = Rational.from(unitPrice);
  const raw = (rule.unitRounding ? unit.round(rule.unitRounding) : unit).mul(Rational.from(quantity));
  const product = rule.lineRounding ? raw.round(rule.lineRounding) : raw;
  const stated = amount === undefined ? null : Rational.from(amount);
  return {
    id,
    value: rule.governs === 'line-total' ? (stated ?? product) : product,
    isChanged: stated !== null && !stated.equals(product),
  };
}

function isBuyersBill(items: readonly BidItem[], buyers: NonNullable<Correct['quantities']>): boolean {
  const wanted = new Map(buyers.map(({ id, quantity }) => [id, Rational.from(quantity)]));
  return (
    items.length === wanted.size &&
    items.every(({ id, quantity }) => wanted.get(id)?.equals(Rational.from(quantity)))
  );
}
