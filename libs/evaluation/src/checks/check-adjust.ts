import { Rational, sum } from '#kernel';
import type { AdjustStep, StepOf } from '../method-adjust.js';
import type { Finding } from '../evaluation-types.js';
import type { Method } from '../method.js';
import { error } from './finding.js';

/** Steps that can be run for every admitted bid: nothing divides by zero, every currency has a rate, features stay under 1. */
export function checkAdjust(method: Method): Finding[] {
  const steps = method.adjust ?? [];
  const findings = checkPriceRead(method, steps);
  for (const [index, step] of steps.entries()) findings.push(...checkStep(step, `adjust.${index}`, method));
  return findings;
}

function checkPriceRead({ admit }: Method, steps: readonly AdjustStep[]): Finding[] {
  const replaces = steps[0]?.rule === 'esco-npv';
  if ((admit.price === 'unread') === replaces) {
    const late = steps.findIndex(({ rule }, index) => index > 0 && rule === 'esco-npv');
    return late < 0
      ? []
      : [
          error(
            'adjust.price-replaced',
            `adjust.${late}`,
            '净现值须为第一步。',
            'The net present value must be the first step.',
          ),
        ];
  }
  return [
    error(
      'adjust.price-unread',
      'admit.price',
      '仅当第一步以其他数据计算评审价时，报价方可不读取。',
      'The price is unread exactly where the first step replaces it.',
    ),
  ];
}

function checkStep(step: AdjustStep, path: string, method: Method): Finding[] {
  switch (step.rule) {
    case 'features':
      return checkFeatures(step, path, method);
    case 'currency':
      return checkRates(step, path, method);
    case 'coefficient':
      return step.operation === 'divide' ? checkDivisor(step.figure, path, method) : [];
    case 'preference':
      return step.sign === 'deduct' && Rational.of(100n).atMost(Rational.from(step.percent))
        ? [
            error(
              'adjust.deducts-all',
              `${path}.percent`,
              '扣除比例不低于 100%。',
              'The deduction leaves nothing.',
            ),
          ]
        : [];
    case 'omitted':
      return step.at === 'estimate' && step.items.some(({ estimate }) => estimate === undefined)
        ? [error('adjust.estimate-missing', `${path}.items`, '缺少估价。', 'An item has no estimate.')]
        : [];
    default:
      return [];
  }
}

function checkFeatures(step: StepOf<'features'>, path: string, { inputs }: Method): Finding[] {
  const findings: Finding[] = [];
  if (Rational.ONE.atMost(sum(step.features.map(({ max }) => Rational.from(max))))) {
    findings.push(
      error(
        'adjust.features-over-one',
        path,
        '非价格因素最大值之和应小于 1。',
        'The feature maxima must sum to less than 1.',
      ),
    );
  }
  for (const { figure, max } of step.features) {
    const input = inputs?.find(({ id }) => id === figure);
    if (input?.kind !== 'number') continue;
    const reach =
      input.oneOf?.map((one) => Rational.from(one)) ?? (input.max ? [Rational.from(input.max)] : null);
    if (reach?.every((one) => one.atMost(Rational.from(max)))) continue;
    findings.push(
      error(
        'adjust.feature-over-max',
        path,
        `数据项 ${figure} 可超过其最大值。`,
        `The input ${figure} may be over its maximum.`,
      ),
    );
  }
  return findings;
}

function checkRates(step: StepOf<'currency'>, path: string, { inputs }: Method): Finding[] {
  const input = inputs?.find(({ id }) => id === step.label);
  const missing = input?.kind === 'label' ? input.oneOf.filter((one) => !Object.hasOwn(step.rates, one)) : [];
  return missing.map((currency) =>
    error(
      'adjust.rate-missing',
      `${path}.rates`,
      `缺少 ${currency} 的汇率。`,
      `There is no rate for ${currency}.`,
    ),
  );
}

function checkDivisor(figure: string, path: string, { inputs }: Method): Finding[] {
  const input = inputs?.find(({ id }) => id === figure);
  if (input?.kind !== 'number') return [];
  const least = input.oneOf?.map((one) => Rational.from(one)) ?? [Rational.from(input.min ?? '0')];
  if (least.every((one) => one.sign() > 0)) return [];
  return [error('adjust.divisor-zero', path, '除数可能为零。', 'The divisor may be 0; declare a minimum.')];
}
