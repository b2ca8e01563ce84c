import { createHash, randomBytes } from 'node:crypto';
import { jcsBytes } from '#kernel';
import type { SqlSource } from './outbox-rows.js';

/** A row that has just been given its number. */
export interface NumberedRow {
  readonly id: string;
  readonly seq: string;
  readonly subject: string;
}

const SALT_BYTES = 32;

const isOf =
  (kind: 'act-sealed' | 'acts-revealed') =>
  ({ subject }: NumberedRow): boolean =>
    subject.split('.')[2] === kind;

/**
 * Binds sealed acts to the numbers that they were given, in the transaction that gave them: `data.place` commits to
 * producer and number (`commitPlace` of the ledger), its salt stays in the row. What reveals acts opens their places
 * too: a revealed act was committed before, so it has its number by now. Rows have not left yet, so no one has seen
 * other data.
 */
export async function placeActs(
  tx: SqlSource,
  producer: string,
  numbered: readonly NumberedRow[],
): Promise<void> {
  const sealed = numbered.filter(isOf('act-sealed'));
  if (sealed.length > 0) {
    const salts = sealed.map(() => randomBytes(SALT_BYTES));
    await tx.query(
      `UPDATE outbox SET place_salt = placed.salt, data = data || jsonb_build_object('place', placed.place)
         FROM unnest($1::bigint[], $2::text[], $3::text[]) AS placed(id, salt, place)
        WHERE outbox.id = placed.id`,
      [
        sealed.map(({ id }) => id),
        salts.map((salt) => salt.toString('hex')),
        sealed.map(({ seq }, i) => commitment(salts[i]!, { producer, seq: Number.parseInt(seq, 10) })),
      ],
    );
  }
  for (const { id } of numbered.filter(isOf('acts-revealed'))) await openPlaces(tx, producer, id);
}

const commitment = (salt: Uint8Array, place: { readonly producer: string; readonly seq: number }): string =>
  createHash('sha256').update(salt).update(jcsBytes(place)).digest('hex');

/** A statement for each event, which shows at most some dozens; acts of before places were kept are shown without. */
async function openPlaces(tx: SqlSource, producer: string, id: string): Promise<void> {
  await tx.query(
    `UPDATE outbox SET data = jsonb_set(data, '{reveals}', (
       SELECT jsonb_agg(
         CASE WHEN told.place_salt IS NULL THEN shown.reveal ELSE shown.reveal || jsonb_build_object('place',
           jsonb_build_object('producer', $2::text, 'seq', told.seq, 'salt', told.place_salt)) END
         ORDER BY shown.at)
       FROM jsonb_array_elements(outbox.data -> 'reveals') WITH ORDINALITY AS shown(reveal, at)
       LEFT JOIN outbox AS told
         ON told.data ->> 'sealed' = shown.reveal ->> 'sealed' AND told.subject LIKE 'evt.%.act-sealed.v1'))
     WHERE id = $1 AND jsonb_array_length(data -> 'reveals') > 0`,
    [id, producer],
  );
}
