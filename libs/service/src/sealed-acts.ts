import { createHash, randomBytes } from 'node:crypto';
import { type Instant, jcsBytes, toHex } from '#kernel';
import type { Reveal, ServiceName } from '#contracts';
import { type GroupTx, type NewEvent, rowsOf, type TransactionCall, type Tx } from '#database';

export interface Act {
  readonly type: string;
  readonly tenderId: string | null;
  readonly actorId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Enters an act in the ledger as a commitment: SHA-256(32-byte salt ‖ JCS(event)) leaves the service, and nothing
 * else. The salt and the event stay in its own table, in the transaction of the act. The relay adds the commitment to
 * its number when it gives one.
 */
export async function sealAct(tx: Tx, service: ServiceName, act: Act): Promise<Reveal> {
  const reveal = commitTo(act, tx.now);
  await keepReveals(tx.query, [{ act, reveal }]);
  await tx.emit(sealedEvent(service, reveal));
  return reveal;
}

/** As {@link sealAct} for the acts of many calls in one transaction. */
export async function sealActs(
  tx: GroupTx,
  service: ServiceName,
  acts: readonly { readonly call: TransactionCall; readonly act: Act }[],
): Promise<Reveal[]> {
  const sealed = acts.map(({ call, act }) => ({ call, act, reveal: commitTo(act, tx.now) }));
  await keepReveals(tx.query, sealed);
  await tx.emitAll(sealed.map(({ call, reveal }) => ({ call, event: sealedEvent(service, reveal) })));
  return sealed.map(({ reveal }) => reveal);
}

function commitTo({ type, tenderId, actorId, data }: Act, at: Instant): Reveal {
  const salt = randomBytes(32);
  const event = { v: 1, type, at, tender: tenderId, actor: actorId, data };
  const sealed = createHash('sha256').update(salt).update(jcsBytes(event)).digest('hex');
  return { sealed, salt: toHex(salt), event };
}

async function keepReveals(
  query: Tx['query'],
  sealed: readonly { readonly act: Act; readonly reveal: Reveal }[],
): Promise<void> {
  if (sealed.length === 0) return;
  await query(
    `INSERT INTO sealed_act (tender_id, sealed, salt, event) VALUES ${rowsOf(sealed.length, 4)}`,
    sealed.flatMap(({ act, reveal }) => [
      act.tenderId,
      reveal.sealed,
      reveal.salt,
      JSON.stringify(reveal.event),
    ]),
  );
}

const sealedEvent = (service: ServiceName, { sealed }: Reveal): NewEvent => ({
  subject: `evt.${service}.act-sealed.v1`,
  tenderId: null,
  actorId: null,
  data: { sealed },
});

/** Shows all acts of a tender that were sealed so far, in the order in which they happened. */
export async function revealActs(tx: Tx, service: ServiceName, tenderId: string): Promise<void> {
  const reveals = await tx.query<Reveal>(
    `WITH shown AS (
       UPDATE sealed_act SET revealed_at = $2 WHERE tender_id = $1 AND revealed_at IS NULL
       RETURNING id, sealed, salt, event)
     SELECT sealed, salt, event FROM shown ORDER BY id`,
    [tenderId, tx.now],
  );
  for (const part of partsOf(reveals)) {
    await tx.emit({
      subject: `evt.${service}.acts-revealed.v1`,
      tenderId,
      actorId: null,
      data: { reveals: part },
    });
  }
}

/** An event becomes one entry of the ledger, which has at most 64 KiB. */
const REVEALS_PER_EVENT_MAX = 50;
const REVEAL_BYTES_PER_EVENT_MAX = 48 * 1024;
/** At most what opens the place of one, which the relay adds: a salt, a service's name and a number. */
const PLACE_BYTES = 160;

function partsOf(reveals: readonly Reveal[]): Reveal[][] {
  const parts: Reveal[][] = [];
  let room = 0;
  for (const reveal of reveals) {
    const bytes = jcsBytes(reveal).length + PLACE_BYTES;
    if (bytes > room || parts.at(-1)!.length === REVEALS_PER_EVENT_MAX) {
      parts.push([]);
      room = REVEAL_BYTES_PER_EVENT_MAX;
    }
    parts.at(-1)!.push(reveal);
    room -= bytes;
  }
  return parts;
}
