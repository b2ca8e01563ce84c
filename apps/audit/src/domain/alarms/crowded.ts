import { type Instant, instantToMs } from '#kernel';
import type { WatchedAct } from './alarm-rule.js';

/** More acts of one than are usual within a time. */
export interface Crowd {
  readonly id: string;
  /** `YYYY-MM-DD` of the first: one alarm a day says enough. */
  readonly day: string;
  /** The first acts that were too many, with the one that made them so. */
  readonly crowd: readonly WatchedAct[];
}

const dayOf = (at: Instant): string => at.slice(0, 10);

/**
 * For each id the first window of each day with more than `most` acts in less than `minutes`. Acts under a
 * demonstration clock are let pass.
 */
export function crowded(
  acts: readonly WatchedAct[],
  {
    idOf,
    most,
    minutes,
  }: {
    readonly idOf: (act: WatchedAct) => string | null;
    readonly most: number;
    readonly minutes: number;
  },
): Crowd[] {
  const byId = new Map<string, WatchedAct[]>();
  for (const act of acts) {
    const id = act.isDemonstration ? null : idOf(act);
    if (id !== null) byId.set(id, [...(byId.get(id) ?? []), act]);
  }
  const found = new Map<string, Crowd>();
  for (const [id, own] of byId) {
    const inTime = own.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.index - b.index));
    for (let last = most; last < inTime.length; last++) {
      const crowd = inTime.slice(last - most, last + 1);
      const span = instantToMs(crowd.at(-1)!.at) - instantToMs(crowd[0]!.at);
      const day = dayOf(crowd[0]!.at);
      if (span < minutes * 60_000 && !found.has(`${id} ${day}`))
        found.set(`${id} ${day}`, { id, day, crowd });
    }
  }
  return [...found.values()];
}
