import type { Tx } from '#database';
import type { OpenedItem } from '../domain/opening/verdict.js';
import type { OpeningRef } from '../use-cases/opening/openings.port.js';

/** Results by alias, inside a transaction or outside. */
export async function readItems(
  query: Tx['query'],
  { tenderId, envelopeId }: OpeningRef,
): Promise<OpenedItem[]> {
  const rows = await query<{ item: OpenedItem }>(
    'SELECT item FROM opened_envelope WHERE tender_id = $1 AND envelope_id = $2 ORDER BY alias',
    [tenderId, envelopeId],
  );
  return rows.map(({ item }) => item);
}
