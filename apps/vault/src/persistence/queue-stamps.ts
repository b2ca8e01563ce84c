import { createHash } from 'node:crypto';
import { rowsOf, type Tx } from '#database';
import type { BidAct } from '../domain/bid-act.js';

/** Rows of the queue in the transaction of the acts themselves: a promise that was given waits for its stamp. */
export async function queueStamps(query: Tx['query'], acts: readonly BidAct[]): Promise<void> {
  if (acts.length === 0) return;
  await query(
    `INSERT INTO promise_stamp (tender_id, organisation_id, seq, promise_sha256) VALUES ${rowsOf(acts.length, 4)}`,
    acts.flatMap(({ tenderId, organisationId, seq, promise }) => [
      tenderId,
      organisationId,
      seq,
      createHash('sha256').update(promise).digest('hex'),
    ]),
  );
}
