import type { OpenEntry } from '#ledger';
import { BundleFault } from './bundle-fault.js';

export type BundleEnding = 'awarded' | 'failed' | 'cancelled';

const ENDINGS: Readonly<Record<string, BundleEnding>> = {
  'tendering.tender-awarded': 'awarded',
  'tendering.tender-failed': 'failed',
  'tendering.tender-cancelled': 'cancelled',
};

export interface Ended {
  readonly ending: BundleEnding;
  readonly entry: OpenEntry;
}

/** How a tender ended, by its entries; undefined while it goes on. A tender ends once: more than that is a fault. */
export function endedBy(entries: readonly OpenEntry[]): Ended | undefined {
  const ends = entries.filter(({ type }) => type in ENDINGS);
  if (ends.length > 1) {
    throw new BundleFault('ledger/checkpoint', `the tender ended ${ends.length} times`);
  }
  return ends.map((entry) => ({ ending: ENDINGS[entry.type]!, entry }))[0];
}

/** As {@link endedBy}, of a tender of which there is a bundle. */
export function requireEnded(entries: readonly OpenEntry[]): Ended {
  const ended = endedBy(entries);
  if (!ended) throw new BundleFault('ledger/checkpoint', 'the tender has not ended');
  return ended;
}

export const hasEntry = (entries: readonly OpenEntry[], type: string): boolean =>
  entries.some((entry) => entry.type === type);
