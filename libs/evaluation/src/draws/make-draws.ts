import { Rational } from '#kernel';
import { byText, refuseInput } from '../evaluation-input.js';
import type { Draws } from '../evaluation-types.js';
import type { Method } from '../method.js';
import type { DrawnNumber } from '../method-draws.js';
import { drawBelow } from './draw-below.js';
import { domainSize, drawnNames } from './drawn-names.js';

/**
 * All that a method draws, from the seed of the tender (`drawSeed` of the sealing library): the same for everybody who
 * has the seed, the method and the ids. A number `name` is the one at place `drawBelow("number/" + name)` of what it is
 * drawn among; the i-th place of preliminary prices, from 0, is taken out of those that are left, ascending, at
 * `drawBelow("place/" + i)`; the order is that of ids by UTF-16 code units, shuffled by Fisher and Yates: for i from the last
 * place down to 1, places i and `drawBelow("order/" + i, i + 1)` change. Members that the method does not read are left out.
 * Throws `evaluation.input-invalid` where a number has nothing to be drawn among.
 */
export function makeDraws(method: Method, bids: readonly string[], seed: Uint8Array): Draws {
  const { numbers, places, order } = drawnNames(method);
  const drawn: Record<string, string> = {};
  for (const [name, domain] of numbers) {
    if (domain === null) refuseInput(`The method does not say what ${name} is drawn among.`, { name });
    drawn[name] = memberAt(domain, drawBelow(seed, `number/${name}`, domainSize(domain)));
  }
  const left = (method.admit.reserve?.prices ?? []).map((_, index) => String(index + 1));
  for (const [at, name] of places.entries()) {
    if (left.length === 0) refuseInput('There are fewer preliminary prices than draws.', { name });
    drawn[name] = left.splice(drawBelow(seed, `place/${at}`, left.length), 1)[0]!;
  }
  return {
    ...(Object.keys(drawn).length > 0 ? { numbers: drawn } : {}),
    ...(order ? { order: shuffled(bids, seed) } : {}),
  };
}

function memberAt(domain: DrawnNumber, at: number): string {
  if ('among' in domain) return domain.among[at]!;
  const { from, step } = domain;
  const digits = Math.max(placesOf(from), placesOf(step));
  const value = Rational.from(from).add(Rational.from(step).mul(Rational.of(BigInt(at))));
  return value.toFixed({ digits, mode: 'half-up' });
}

const placesOf = (text: string): number => text.split('.')[1]?.length ?? 0;

function shuffled(bids: readonly string[], seed: Uint8Array): string[] {
  const order = bids.toSorted(byText);
  for (let at = order.length - 1; at > 0; at--) {
    const other = drawBelow(seed, `order/${at}`, at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
