import { jcs } from '#kernel';
import type { EventEnvelope, LedgerDifference } from '#contracts';
import { type Entry, isSealedEntry } from '#ledger';
import { ledgerEntry } from './ledger-entry.js';

export interface EntryAt {
  readonly index: number;
  readonly entry: Entry;
}

/** Acts of one producer and the entries that must be theirs: open ones under the same numbers, and commitments. */
export interface Compared {
  readonly producer: string;
  readonly acts: readonly EventEnvelope[];
  readonly entries: readonly EntryAt[];
}

const nothing = { producer: null, seq: null, index: null, sealed: null };

/**
 * Every act has its entry, every open entry its act, and both say the same, but for what the ledger adds (region, and
 * speed of a demonstration clock). Under one number there may be one act only; the same entry twice is none too many.
 */
export function actDifferences({ producer, acts, entries }: Compared): LedgerDifference[] {
  const found: LedgerDifference[] = [];
  const left = new Set(entries);
  for (const act of acts) {
    const expected = ledgerEntry(act, '', 1);
    const own = entries.filter(({ entry }) => isUnder(entry, expected));
    for (const entered of own) {
      left.delete(entered);
      if (saysOf(entered.entry) !== saysOf(expected)) found.push(differs(act, entered));
    }
    if (own.length === 0) found.push({ ...nothing, kind: 'entry-missing', ...nameOf(act) });
  }
  for (const { index, entry } of left) {
    if (isSealedEntry(entry)) continue;
    found.push({ ...nothing, kind: 'act-missing', producer, seq: entry.seq, index });
  }
  return found;
}

const isUnder = (entry: Entry, expected: Entry): boolean =>
  isSealedEntry(expected)
    ? isSealedEntry(entry) && entry.sealed === expected.sealed
    : !isSealedEntry(entry) && entry.seq === expected.seq;

/** What the producer said, without what the ledger adds. */
function saysOf(entry: Entry): string {
  if (isSealedEntry(entry)) return jcs(entry);
  const { clockFactor: _speed, ...said } = entry;
  return jcs({ ...said, region: '' });
}

const nameOf = (act: EventEnvelope): Pick<LedgerDifference, 'producer' | 'seq' | 'sealed'> => ({
  producer: act.producer,
  seq: act.seq,
  sealed: commitmentOf(act),
});

const differs = (act: EventEnvelope, { index }: EntryAt): LedgerDifference => ({
  kind: 'content-differs',
  ...nameOf(act),
  index,
});

/** The commitment of an act that is not public; null of one that is. */
export function commitmentOf(act: EventEnvelope): string | null {
  const entry = ledgerEntry(act, '', 1);
  return isSealedEntry(entry) ? entry.sealed : null;
}
