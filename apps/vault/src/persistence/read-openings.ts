import type { Tx } from '#database';
import type { OpenedItem } from '../domain/opening/verdict.js';
import type { OpeningRef, SignedRelease } from '../use-cases/opening/openings.port.js';

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

/** Signed releases of bidders' own keys by alias, inside a transaction or outside. */
export async function readReleases(
  query: Tx['query'],
  { tenderId, envelopeId }: OpeningRef,
  aliases: readonly string[],
): Promise<Map<string, SignedRelease>> {
  const rows = await query<SignedRelease & { readonly alias: string }>(
    `SELECT alias, jws, sha256 FROM bidder_key_release
     WHERE tender_id = $1 AND envelope_id = $2 AND alias = ANY($3)`,
    [tenderId, envelopeId, aliases],
  );
  return new Map(rows.map(({ alias, jws, sha256 }) => [alias, { jws, sha256 }]));
}
