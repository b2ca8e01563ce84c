import { Rational } from '#kernel';
import type { Bid, Bilingual, TraceNode, VoidReason } from '../evaluation-types.js';
import type { Method } from '../method.js';
import { traced } from '../trace-node.js';
import { correctNode } from './correct.js';
import type { ReservePrice } from './reserve.js';
import { readStated, statedInputs, type Stated } from './stated.js';
import { VOID_WORDS as WORDS } from './void-words.js';

export interface Admission {
  readonly id: string;
  readonly price: Rational | null;
  /** The price after arithmetic correction; the same where nothing is corrected. */
  readonly corrected: Rational | null;
  readonly stated: Stated;
  /** By people after the opening, with the benchmark frozen. */
  readonly isRejected: boolean;
  readonly technical: Rational | null;
  readonly reasons: readonly VoidReason[];
  /** Of the correction, where there is one. */
  readonly trace: readonly TraceNode[];
  readonly node: TraceNode;
}

export interface AdmitContext {
  readonly method: Method;
  readonly reserve: ReservePrice | null;
  /** Bids with an aggregated criterion under its own minimum. */
  readonly weakCriteria: ReadonlySet<string>;
}

const PRICE = /^-?(?:0|[1-9]\d{0,29})(?:\.\d{1,12})?$/;

/**
 * Whether a bid enters the evaluation, with every reason against it: price a decimal number and > 0 (so nothing
 * ever divides by it), ceiling (`gt`: over it, `ge`: also at it), floor (`lt`, `le`), technical score present
 * where it is combined, ≥ minimum and ≥ the panel's threshold, declared figures readable, labels among the admitted
 * ones, not under the floor of the reserve price. A void bid is in no benchmark and no minimum. Limits on the
 * evaluated price are held after `adjust`.
 */
export function admitNode(bid: Bid, technical: Rational | null, context: AdmitContext): Admission {
  const { method, reserve } = context;
  const { admit } = method;
  const { ceiling, floor, technicalMin } = admit;
  const price = method.admit.price ? Rational.ZERO : PRICE.test(bid.price) ? Rational.from(bid.price) : null;
  const { stated, reasons: figures } = readStated(bid, method.inputs ?? []);
  const correction =
    price && method.correct && figures.length === 0 ? correctNode(bid, price, stated, method.correct) : null;
  const corrected = correction?.price ?? price;
  const reasons: VoidReason[] = [
    ...priceReasons(price, corrected, method),
    ...reserveReasons(corrected, method, reserve),
    ...technicalReasons(technical, method),
    ...(context.weakCriteria.has(bid.id) ? ['criterion-below-minimum' as const] : []),
    ...figures,
    ...(correction?.reasons ?? []),
    ...labelReasons(stated, method),
    ...(bid.rejected && admit.rejected === 'anew' ? ['rejected' as const] : []),
  ];
  const { node } = traced({
    rule: 'admit',
    subject: bid.id,
    inputs: {
      price: bid.price,
      ...(method.correct && corrected ? { corrected: corrected.toString() } : {}),
      ...(technical ? { technical: technical.toString() } : {}),
      ...statedInputs(stated),
      ...(ceiling ? { ceiling: ceiling.price, ceilingVoidWhen: ceiling.voidWhen } : {}),
      ...(floor ? { floor: floor.price, floorVoidWhen: floor.voidWhen } : {}),
      ...(reserve ? { reserve: reserve.price.toString(), reserveFloor: reserve.floor.toString() } : {}),
      ...(technicalMin === undefined ? {} : { technicalMin }),
      ...(method.panel?.threshold === undefined ? {} : { threshold: method.panel.threshold }),
      reasons: reasons.join(' '),
    },
    exact: reasons.length === 0 ? Rational.ONE : Rational.ZERO,
    sentence: () => verdict(bid.id, reasons),
  });
  const isRejected = bid.rejected === true && reasons.length === 0;
  const trace = correction?.trace ?? [];
  return { id: bid.id, price, corrected, stated, isRejected, technical, reasons, trace, node };
}

/** Admitted, or void and why. */
export function verdict(id: string, reasons: readonly VoidReason[]): Bilingual {
  if (reasons.length === 0) return { zh: `${id} 有效`, en: `${id} is admitted` };
  return {
    zh: `${id} 否决：${reasons.map((r) => WORDS[r].zh).join('；')}`,
    en: `${id} is void: ${reasons.map((r) => WORDS[r].en).join('; ')}`,
  };
}

function priceReasons(price: Rational | null, corrected: Rational | null, { admit }: Method): VoidReason[] {
  if (!price || !corrected) return ['price-not-a-number'];
  if (admit.price) return [];
  if (price.sign() <= 0 || corrected.sign() <= 0) return ['price-not-positive'];
  return limitReasons({ offered: price, corrected }, admit);
}

/** Ceiling and floor against the price that each of them names; one that names another price is not held here. */
export function limitReasons(
  prices: Partial<Record<'offered' | 'corrected' | 'evaluated', Rational>>,
  { ceiling, floor }: Method['admit'],
): VoidReason[] {
  const reasons: VoidReason[] = [];
  const ceiled = ceiling && prices[ceiling.on ?? 'offered'];
  if (ceiled) {
    const side = ceiled.compare(Rational.from(ceiling.price));
    if (side > 0 || (side === 0 && ceiling.voidWhen === 'ge')) reasons.push('above-ceiling');
  }
  const floored = floor && prices[floor.on ?? 'offered'];
  if (floored) {
    const side = floored.compare(Rational.from(floor.price));
    if (side < 0 || (side === 0 && floor.voidWhen === 'le')) reasons.push('below-floor');
  }
  return reasons;
}

function reserveReasons(
  price: Rational | null,
  { admit }: Method,
  reserve: ReservePrice | null,
): VoidReason[] {
  if (!price || !reserve || !admit.reserve || price.sign() <= 0) return [];
  const reasons: VoidReason[] = [];
  const low = price.compare(reserve.floor);
  if (low < 0 || (low === 0 && admit.reserve.voidWhen === 'le')) reasons.push('below-reserve-floor');
  const high = price.compare(reserve.price);
  const { aboveVoidWhen } = admit.reserve;
  if (aboveVoidWhen && (high > 0 || (high === 0 && aboveVoidWhen === 'ge'))) reasons.push('above-reserve');
  return reasons;
}

function labelReasons({ labels }: Stated, { admit }: Method): VoidReason[] {
  const isOutside = (admit.labels ?? []).some(({ label, among }) => {
    const own = labels.get(label);
    return own !== undefined && !among.includes(own);
  });
  return isOutside ? ['label-not-admitted'] : [];
}

/** Whether a total cannot be had without a technical score. */
function readsTechnical(combine: Method['combine']): boolean {
  switch (combine.rule) {
    case 'sum':
      return combine.of.includes('technical');
    case 'weighted-sum':
      return !Rational.from(combine.weights.technical).isZero();
    case 'ratio':
    case 'price-per-quality':
      return true;
    case 'evaluated-price':
      return false;
  }
}

function technicalReasons(
  technical: Rational | null,
  { admit, panel, combine, adjust }: Method,
): VoidReason[] {
  const threshold = panel?.threshold;
  if (!technical) {
    const isNeeded =
      admit.technicalMin !== undefined ||
      threshold !== undefined ||
      readsTechnical(combine) ||
      (adjust ?? []).some(({ rule }) => rule === 'quality-money');
    return isNeeded ? ['technical-missing'] : [];
  }
  const reasons: VoidReason[] = [];
  if (combine.rule === 'price-per-quality' && Rational.from(combine.base).add(technical).sign() <= 0) {
    reasons.push('technical-below-minimum');
  }
  if (admit.technicalMin !== undefined && technical.lessThan(Rational.from(admit.technicalMin))) {
    reasons.push('technical-below-minimum');
  }
  if (threshold !== undefined && technical.lessThan(Rational.from(threshold))) {
    reasons.push('technical-below-threshold');
  }
  return reasons;
}
