import { Rational } from '#kernel';
import type { Bid, TraceNode, VoidReason } from '../evaluation-types.js';
import type { Method } from '../method.js';
import { traced } from '../trace-node.js';

export interface Admission {
  readonly id: string;
  readonly price: Rational | null;
  readonly technical: Rational | null;
  readonly reasons: readonly VoidReason[];
  readonly node: TraceNode;
}

const WORDS: Readonly<Record<VoidReason, { zh: string; en: string }>> = {
  'price-not-a-number': { zh: '报价不是有效数字', en: 'the price is not a number' },
  'price-not-positive': { zh: '报价不大于零', en: 'the price is not above zero' },
  'above-ceiling': { zh: '报价超过最高投标限价', en: 'the price is over the ceiling' },
  'below-floor': { zh: '报价低于最低限价', en: 'the price is under the floor' },
  'technical-missing': { zh: '无技术评分', en: 'there is no technical score' },
  'technical-below-minimum': { zh: '技术评分低于最低要求', en: 'the technical score is under the minimum' },
  'technical-below-threshold': {
    zh: '技术评分未达到合格线',
    en: 'the technical score is under the threshold',
  },
};

const PRICE = /^-?(?:0|[1-9]\d{0,29})(?:\.\d{1,12})?$/;

/**
 * Whether a bid enters the evaluation, with every reason against it: price a decimal number and > 0 (so nothing
 * ever divides by it), ceiling (`gt`: over it, `ge`: also at it), floor (`lt`, `le`), technical score present
 * where it is combined, ≥ minimum and ≥ the panel's threshold. A void bid is in no benchmark and no minimum.
 */
export function admitNode(bid: Bid, technical: Rational | null, method: Method): Admission {
  const price = PRICE.test(bid.price) ? Rational.from(bid.price) : null;
  const reasons: VoidReason[] = [...priceReasons(price, method), ...technicalReasons(technical, method)];
  const { ceiling, floor, technicalMin } = method.admit;
  const { node } = traced({
    rule: 'admit',
    subject: bid.id,
    inputs: {
      price: bid.price,
      ...(technical ? { technical: technical.toString() } : {}),
      ...(ceiling ? { ceiling: ceiling.price, ceilingVoidWhen: ceiling.voidWhen } : {}),
      ...(floor ? { floor: floor.price, floorVoidWhen: floor.voidWhen } : {}),
      ...(technicalMin === undefined ? {} : { technicalMin }),
      ...(method.panel?.threshold === undefined ? {} : { threshold: method.panel.threshold }),
      reasons: reasons.join(' '),
    },
    exact: reasons.length === 0 ? Rational.ONE : Rational.ZERO,
    sentence: () => ({
      zh:
        reasons.length === 0
          ? `${bid.id} 有效`
          : `${bid.id} 否决：${reasons.map((r) => WORDS[r].zh).join('；')}`,
      en:
        reasons.length === 0
          ? `${bid.id} is admitted`
          : `${bid.id} is void: ${reasons.map((r) => WORDS[r].en).join('; ')}`,
    }),
  });
  return { id: bid.id, price, technical, reasons, node };
}

function priceReasons(price: Rational | null, { admit: { ceiling, floor } }: Method): VoidReason[] {
  if (!price) return ['price-not-a-number'];
  if (price.sign() <= 0) return ['price-not-positive'];
  const reasons: VoidReason[] = [];
  if (ceiling) {
    const side = price.compare(Rational.from(ceiling.price));
    if (side > 0 || (side === 0 && ceiling.voidWhen === 'ge')) reasons.push('above-ceiling');
  }
  if (floor) {
    const side = price.compare(Rational.from(floor.price));
    if (side < 0 || (side === 0 && floor.voidWhen === 'le')) reasons.push('below-floor');
  }
  return reasons;
}

function technicalReasons(technical: Rational | null, { admit, panel, combine }: Method): VoidReason[] {
  const threshold = panel?.threshold;
  if (!technical) {
    const isNeeded =
      admit.technicalMin !== undefined ||
      threshold !== undefined ||
      (combine.rule === 'sum'
        ? combine.of.includes('technical')
        : !Rational.from(combine.weights.technical).isZero());
    return isNeeded ? ['technical-missing'] : [];
  }
  const reasons: VoidReason[] = [];
  if (admit.technicalMin !== undefined && technical.lessThan(Rational.from(admit.technicalMin))) {
    reasons.push('technical-below-minimum');
  }
  if (threshold !== undefined && technical.lessThan(Rational.from(threshold))) {
    reasons.push('technical-below-threshold');
  }
  return reasons;
}
