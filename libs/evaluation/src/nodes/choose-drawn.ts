import { Rational, invariant } from '#kernel';
import { readExact, refuseInput } from '../evaluation-input.js';
import type { Draws, TraceNode } from '../evaluation-types.js';
import type { Method } from '../method.js';
import type { DrawnScore, PlainScore } from '../method-score.js';
import { traced } from '../trace-node.js';

/** A method in which no draw is open any more: its score is a plain formula. */
export type Settled = Omit<Method, 'score'> & { readonly score: PlainScore };

/**
 * Where a public draw chooses the formula: the recorded number, or its two decimals as a whole number (`cents`), falls
 * into the first option whose `upTo` is not below it; `shift` options further, round and round, is the one that holds.
 * A number beyond the last option throws `evaluation.input-invalid`. Source: Colombia Compra Eficiente, cents of the
 * TRM choose among median, geometric mean, low mean and lowest price; each further lot takes the next.
 */
export function chooseDrawn(method: Method, draws: Draws): { settled: Settled; trace: readonly TraceNode[] } {
  const { score, ...rest } = method;
  if (score.rule !== 'drawn') return { settled: { ...rest, score }, trace: [] };
  const { taken, place } = chosenPlace(score, draws);
  const option = score.options[place];
  invariant(option, 'the chosen option is in the list');
  const { bench: _replaced, ...withoutBench } = rest;
  const { node } = traced({
    rule: 'score.drawn',
    subject: 'all',
    inputs: {
      drawn: taken.toString(),
      shift: String(score.shift ?? 0),
      options: String(score.options.length),
    },
    exact: Rational.of(BigInt(place + 1)),
    sentence: () => ({
      zh: `公开抽取数 ${taken.toString()}，采用第 ${place + 1} 种算法`,
      en: `The public draw gives ${taken.toString()}: formula ${place + 1} holds`,
    }),
  });
  const bench = option.bench ? { bench: option.bench } : {};
  return { settled: { ...withoutBench, ...bench, score: option.score }, trace: [node] };
}

function chosenPlace(score: DrawnScore, { numbers }: Draws): { taken: Rational; place: number } {
  const text = numbers && Object.hasOwn(numbers, score.name) ? numbers[score.name] : undefined;
  if (text === undefined)
    refuseInput(`The drawn number ${score.name} is not recorded.`, { name: score.name });
  const value = readExact(text, `drawn number ${score.name}`);
  const hundred = Rational.of(100n);
  const cents = value
    .sub(value.round({ digits: 0, mode: 'floor' }))
    .mul(hundred)
    .round({ digits: 0, mode: 'floor' });
  const taken = score.take === 'cents' ? cents : value;
  const first = score.options.findIndex(({ upTo }) => taken.atMost(Rational.from(upTo)));
  if (first < 0)
    refuseInput(`The drawn number ${score.name} is beyond the last option.`, { name: score.name });
  return { taken, place: (first + (score.shift ?? 0)) % score.options.length };
}
