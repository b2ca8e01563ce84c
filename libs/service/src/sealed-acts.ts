import { createHash, randomBytes } from 'node:crypto';
import { jcsBytes, toHex } from '#kernel';
import type { Reveal, ServiceName } from '#contracts';
import type { Tx } from '#database';

export interface Act {
  readonly type: string;
  readonly tenderId: string | null;
  readonly actorId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Enters an act in the ledger as a commitment: SHA-256(32-byte salt ‖ JCS(event)) leaves the service, and nothing
 * else. The salt and the event stay in its own table, in the transaction of the act.
 */
export async function sealAct(tx: Tx, service: ServiceName, act: Act): Promise<Reveal> {
  const salt = randomBytes(32);
  const event = {
    v: 1,
    type: act.type,
    at: tx.now,
    tender: act.tenderId,
    actor: act.actorId,
    data: act.data,
  };
  const sealed = createHash('sha256').update(salt).update(jcsBytes(event)).digest('hex');
  const reveal = { sealed, salt: toHex(salt), event };
  await tx.query('INSERT INTO sealed_act (tender_id, sealed, salt, event) VALUES ($1, $2, $3, $4)', [
    act.tenderId,
    sealed,
    reveal.salt,
    JSON.stringify(event),
  ]);
  await tx.emit({ subject: `evt.${service}.act-sealed.v1`, tenderId: null, actorId: null, data: { sealed } });
  return reveal;
}

/** Shows all acts of a tender that were sealed so far, in the order in which they happened. */
export async function revealActs(tx: Tx, service: ServiceName, tenderId: string): Promise<void> {
  const reveals = await tx.query<Reveal>(
    `WITH shown AS (
       UPDATE sealed_act SET revealed_at = $2 WHERE tender_id = $1 AND revealed_at IS NULL
       RETURNING id, sealed, salt, event)
     SELECT sealed, salt, event FROM shown ORDER BY id`,
    [tenderId, tx.now],
  );
  const perEvent = 50;
  for (let at = 0; at < reveals.length; at += perEvent) {
    await tx.emit({
      subject: `evt.${service}.acts-revealed.v1`,
      tenderId,
      actorId: null,
      data: { reveals: reveals.slice(at, at + perEvent) },
    });
  }
}
