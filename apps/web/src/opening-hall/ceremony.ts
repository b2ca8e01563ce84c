import type { LiveEvent } from '../api/use-live-tender.js';

/** One line of what happened in an opening, for the hall's log. */
export interface CeremonyLine {
  readonly id: string;
  readonly at: string;
  /** Name of the event without its service. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Ceremony {
  /** In the order in which it was told. */
  readonly lines: readonly CeremonyLine[];
  /** How many envelopes are decrypted; null before decryption begins and after it was stopped. */
  readonly progress: { readonly opened: number; readonly of: number } | null;
  /** Whether every stored envelope was compared with what was received, in this run of it. */
  readonly isChecked: boolean;
}

/** Events that are about one kind of envelopes and that somebody in the hall wants to be told. */
const SHOWN = new Set([
  'bidder-keys-awaited',
  'bidder-keys-closed',
  'trustee-attended',
  'shares-taken',
  'shares-given',
  'share-refused',
  'quorum-failed',
  'combining-begun',
  'stored-envelopes-checked',
  'opening-progressed',
  'opening-halted',
  'opening-resumed',
  'opening-prolonged',
  'envelopes-opened',
  'opening-failed',
  'objection-recorded',
]);

/** What of an event a line needs; results and lists are read from the record. */
const KEPT = ['trusteeIndex', 'given', 'present', 'quorum', 'opened', 'of', 'code'] as const;

/** The line of an event; undefined for what is not told in the hall, and for later parts of a list. */
export function lineOf({ id, type, at, data }: LiveEvent): CeremonyLine | undefined {
  const [service, name = ''] = type.split('.');
  if (service !== 'vault' || !SHOWN.has(name)) return undefined;
  if (typeof data['part'] === 'number' && data['part'] > 1) return undefined;
  const kept = KEPT.filter((key) => data[key] !== undefined).map((key) => [key, data[key]] as const);
  return { id, at, name, data: { envelopeId: data['envelopeId'], ...Object.fromEntries(kept) } };
}

/** What the lines tell of one opening. A run that was halted begins anew when it is resumed. */
export function ceremonyOf(lines: readonly CeremonyLine[], envelopeId: string): Ceremony {
  const own = lines.filter(({ data }) => data['envelopeId'] === envelopeId);
  const from = own.findLastIndex(({ name }) => STARTS.has(name));
  const run = from < 0 ? [] : own.slice(from);
  const checked = run.find(({ name }) => name === 'stored-envelopes-checked');
  const latest = run.findLast(({ name }) => name === 'opening-progressed');
  const told = latest ?? checked;
  return {
    lines: own,
    isChecked: checked !== undefined,
    progress: told ? { opened: Number(latest?.data['opened'] ?? 0), of: Number(told.data['of']) } : null,
  };
}

const STARTS = new Set(['combining-begun', 'opening-halted', 'opening-resumed']);
