import type { EventEnvelope } from '#contracts';
import type { Entry, JsonObject } from '#ledger';

const SEALED = /^evt\.[a-z-]+\.act-sealed\.v1$/;

/** `evt.vault.bids-closed.v1` is entered as `vault.bids-closed`. */
const typeOf = (subject: string): string => subject.split('.').slice(1, 3).join('.');

/** What the ledger says of an act: the act itself, or nothing but the commitments to it and to its number. */
export function ledgerEntry(event: EventEnvelope, region: string, clockFactor: number): Entry {
  if (SEALED.test(event.subject)) {
    const { sealed, place } = event.data;
    return { v: 1, sealed: String(sealed), ...(place === undefined ? {} : { place: String(place) }) };
  }
  const { producer, seq, occurredAt, tenderId, actorId, data, subject } = event;
  const entry = {
    v: 1 as const,
    type: typeOf(subject),
    at: occurredAt,
    producer,
    seq,
    region,
    tender: tenderId,
    actor: actorId,
    data: data as JsonObject,
  };
  return clockFactor === 1 ? entry : { ...entry, clockFactor };
}

const REVEALED = /^evt\.[a-z-]+\.acts-revealed\.v1$/;

/** What shows acts stands behind them, also when a batch holds both: a reveal opens what stands earlier in the log. */
export function revealsLast(events: readonly EventEnvelope[]): EventEnvelope[] {
  const isReveal = ({ subject }: EventEnvelope): boolean => REVEALED.test(subject);
  return [...events.filter((event) => !isReveal(event)), ...events.filter(isReveal)];
}

/** Fisher–Yates with random numbers that are passed in: in a batch, the order must not tell who came when. */
export function shuffled<T>(items: readonly T[], randomBelow: (bound: number) => number): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = randomBelow(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
