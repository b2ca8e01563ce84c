import { DomainError, type Instant } from '#kernel';
import {
  type EventOfCall,
  findAnswers,
  isSameCall,
  keepAnswers,
  keyOf,
  keyReused,
} from './bookkeeping-rows.js';
import type { ServiceDatabase } from './service-database.js';
import { inTransaction, type Query, type TransactionCall, withRetries } from './transact.js';

/** What came of one call of a group: its answer, or its own refusal, which leaves the others alone. */
export type Outcome<T> =
  { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly error: unknown };

export interface GroupTx {
  /** The platform's clock at the start of the transaction. */
  readonly now: Instant;
  clock(): Promise<Instant>;
  query: Query;
  /** As `Tx.emit`, many at once. */
  emitAll(events: readonly EventOfCall[]): Promise<void>;
}

/**
 * As `transact` for many calls in one transaction: one wait for the disk serves all. `work` gets the calls that have
 * no answer yet, each once, and gives an outcome for each; a refusal keeps nothing. Where the transaction itself fails,
 * none of the calls took effect.
 */
export function transactGroup<T>(
  database: ServiceDatabase,
  calls: readonly TransactionCall[],
  work: (tx: GroupTx, open: readonly number[]) => Promise<readonly Outcome<T>[]>,
): Promise<Outcome<T>[]> {
  const run = ({ tx, open }: { tx: GroupTx; open: readonly number[] }) => work(tx, open);
  return withRetries(run, (watched) =>
    inTransaction(database, async ({ query, clock, emitAll }) => {
      const outcomes = new Map<number, Outcome<T>>();
      const same = sameKeys(calls);
      const keyed = calls.filter((call, at) => call.idempotencyKey !== null && !same.has(at));
      const known = await findAnswers(query, keyed);
      for (const [at, call] of calls.entries()) {
        const found = call.idempotencyKey === null || same.has(at) ? undefined : known.get(keyOf(call));
        if (found instanceof DomainError) outcomes.set(at, { ok: false, error: found });
        else if (found) outcomes.set(at, { ok: true, answer: found.response as T });
      }
      const open = [...calls.keys()].filter((at) => !outcomes.has(at) && !same.has(at));
      const now = await clock();
      const tx: GroupTx = { now, clock, query, emitAll: (events) => emitAll(now, events) };
      const made = open.length === 0 ? [] : await watched({ tx, open });
      for (const [n, at] of open.entries()) outcomes.set(at, made[n]!);
      await keepAnswers(
        query,
        now,
        open.flatMap((at, n) => {
          const outcome = made[n]!;
          return outcome.ok ? [{ call: calls[at]!, answer: outcome.answer }] : [];
        }),
      );
      return calls.map((call, at) => {
        const first = same.get(at);
        if (first === undefined) return outcomes.get(at)!;
        return isSameCall(calls[first]!, call) ? outcomes.get(first)! : { ok: false, error: keyReused() };
      });
    }),
  );
}

/** Calls of a group that repeat the key of an earlier one, with that one's place. */
function sameKeys(calls: readonly TransactionCall[]): Map<number, number> {
  const first = new Map<string, number>();
  const repeated = new Map<number, number>();
  for (const [at, call] of calls.entries()) {
    if (call.idempotencyKey === null) continue;
    const known = first.get(keyOf(call));
    if (known === undefined) first.set(keyOf(call), at);
    else repeated.set(at, known);
  }
  return repeated;
}
