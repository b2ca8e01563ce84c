import { Rational } from '#kernel';
import type { StepOf } from '../method-adjust.js';
import { show } from '../trace-node.js';
import type { Change } from './adjust.js';
import type { Entrant } from './entrant.js';
import { numberOf, seriesOf } from './stated.js';

/** Days from this one to 31 December, not counting it. */
export function daysLeftInYear(date: string): bigint {
  const [year, month, day] = date.split('-').map((part) => BigInt(part));
  const isLeap = (year! % 4n === 0n && year! % 100n !== 0n) || year! % 400n === 0n;
  const lengths = [31n, isLeap ? 29n : 28n, 31n, 30n, 31n, 30n, 31n, 31n, 30n, 31n, 30n, 31n];
  const before = lengths.filter((_, index) => BigInt(index + 1) < month!).reduce((a, b) => a + b, 0n);
  return (isLeap ? 366n : 365n) - before - day!;
}

/**
 * Net present value of an energy-service contract, which replaces the price. Period 0 is the rest of the year of
 * announcement (f days), then one year of D days each; the last is cut to D − f days, so that all make whole years. The
 * contract (years × D + days) fills the periods from the front. In each period
 *   payment = share × saving × contract days ÷ days of the period;
 *   NPV += (saving, of the last period × (D − f) ÷ D, − payment) × Π 1 ÷ (1 + rate × days ÷ D).
 * Nothing is rounded inside. Σ payments is what the contract costs (input `payments` of the trace). Where f is 0 the
 * first period has no payment. Source: ProZorro, Методика НЕФКО / esculator `npv`.
 */
export function adjustEscoNpv(step: StepOf<'esco-npv'>, { stated }: Entrant): Change {
  const year = Rational.of(BigInt(step.daysPerYear));
  const first = Rational.of(daysLeftInYear(step.announcedOn)).min(year);
  const savings = seriesOf(stated, step.savings);
  const share = numberOf(stated, step.share);
  let left = numberOf(stated, step.years).mul(year).add(numberOf(stated, step.days));
  const rate = Rational.from(step.rate);
  let factor = Rational.ONE;
  let payments = Rational.ZERO;
  let value = Rational.ZERO;
  for (const [index, saving] of savings.entries()) {
    const days = index === 0 ? first : year;
    const isLast = index > 0 && index === savings.length - 1;
    const counted = isLast ? year.sub(first) : days;
    const worked = left.min(days);
    left = left.sub(worked);
    const payment = days.isZero() ? Rational.ZERO : share.mul(saving).mul(worked).div(days);
    factor = factor.div(Rational.ONE.add(rate.mul(counted).div(year)));
    const kept = isLast ? saving.mul(counted).div(year) : saving;
    payments = payments.add(payment);
    value = value.add(kept.sub(payment).mul(factor));
  }
  return {
    value,
    inputs: {
      firstDays: first.toString(),
      rate: rate.toString(),
      savings: savings.join(' '),
      share: share.toString(),
      payments: payments.toString(),
    },
    formula: `NPV(${savings.length}, ${show(rate)}, ${show(share)})`,
  };
}
