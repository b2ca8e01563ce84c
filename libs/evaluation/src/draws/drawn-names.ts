import { Rational } from '#kernel';
import type { Method } from '../method.js';
import type { DrawnNumber } from '../method-draws.js';

/** What of a method is drawn in public. */
export interface DrawnNames {
  /** Numbers by name, in order of names, with what they are drawn among; null where the method does not say. */
  readonly numbers: ReadonlyMap<string, DrawnNumber | null>;
  /** Names that stand for places of the list of preliminary prices, each place at most once. */
  readonly places: readonly string[];
  /** An order of all bids. */
  readonly order: boolean;
}

/** One place of a method that reads a drawn number. */
export interface DrawReader {
  readonly name: string;
  /** How it is read: as a factor, as what is left of 1, or to choose a formula. */
  readonly as: 'draw' | 'draw-rest' | 'value' | 'cents';
  /** What this place alone says that the number is drawn among. */
  readonly own: DrawnNumber | null;
}

/** The two decimals of a rate, where they alone choose. */
const CENTS = { from: '0', to: '0.99', step: '0.01' } as const;

/**
 * Every draw that a method reads. What a number is drawn among says its `draws` member, else `among` of the factor, else
 * the rule itself (`cents`).
 */
export function drawnNames(method: Method): DrawnNames {
  const declared = new Map((method.draws ?? []).map((one) => [one.name, one]));
  const numbers = new Map<string, DrawnNumber | null>();
  for (const { name, own } of drawReaders(method))
    numbers.set(name, declared.get(name) ?? numbers.get(name) ?? own);
  const sorted = [...numbers].sort(([a], [b]) => (a < b ? -1 : 1));
  const isOrdered = [...objectsIn(method)].some(({ rule }) => rule === 'drawn-mean');
  return {
    numbers: new Map(sorted),
    places: method.admit.reserve?.draws ?? [],
    order: isOrdered || method.rank.keys.includes('draw'),
  };
}

/** Where a method reads drawn numbers, but for places of preliminary prices. */
export function drawReaders(method: Method): DrawReader[] {
  const readers: DrawReader[] = [];
  for (const { from, name, among } of objectsIn(method)) {
    if ((from !== 'draw' && from !== 'draw-rest') || typeof name !== 'string') continue;
    readers.push({ name, as: from, own: Array.isArray(among) ? { name, among: among as string[] } : null });
  }
  const { score } = method;
  if (score.rule === 'drawn') {
    const { name, take } = score;
    readers.push({ name, as: take, own: take === 'cents' ? { name, ...CENTS } : null });
  }
  return readers;
}

/** Numbers that a method reads and nobody can draw, as it does not say what they are drawn among. */
export const undrawable = (method: Method): string[] =>
  [...drawnNames(method).numbers].flatMap(([name, among]) => (among === null ? [name] : []));

/** How many numbers there are to draw among. */
export function domainSize(drawn: DrawnNumber): number {
  if ('among' in drawn) return drawn.among.length;
  const { from, to, step } = drawn;
  const steps = Rational.from(to).sub(Rational.from(from)).div(Rational.from(step));
  return Number(steps.round({ digits: 0, mode: 'floor' }).n) + 1;
}

type Node = Readonly<Record<string, unknown>>;

function* objectsIn(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}
