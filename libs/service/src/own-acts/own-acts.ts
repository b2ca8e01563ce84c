import { createHash } from 'node:crypto';
import { inParts, jcsBytes } from '#kernel';
import { replay } from '#bus';
import {
  type checkSealedActs,
  COMPARED_MAX,
  type findCommitments,
  type RequestOf,
  type resendActs,
  type ResponseOf,
  type ServiceName,
} from '#contracts';
import { asRows, type ServiceDatabase } from '#database';
import { sqlSource } from '../sql-source.js';

/** A page of acts stays below a message. */
const PAGE_BYTES_MAX = 768 * 1024;

/** Acts that have a number, as they left the outbox or will. Never more than {@link COMPARED_MAX}, see `coveredTo`. */
export async function resendOwnActs(
  service: ServiceName,
  database: ServiceDatabase,
  { fromSeq, toSeq }: RequestOf<ReturnType<typeof resendActs>>,
): Promise<ResponseOf<ReturnType<typeof resendActs>>> {
  const end = Math.min(toSeq, fromSeq + COMPARED_MAX - 1);
  const found = await replay(sqlSource(database), service, fromSeq);
  const wanted = found.filter(({ seq }) => seq <= end);
  const [acts = [], ...later] = inParts(wanted, { itemsMax: COMPARED_MAX, bytesMax: PAGE_BYTES_MAX });
  return { acts, coveredTo: later.length > 0 ? acts.at(-1)!.seq : Math.max(end, fromSeq) };
}

/** Which commitments stand in this service's outbox, and whether it still has what opens them. */
export async function findOwnCommitments(
  service: ServiceName,
  database: ServiceDatabase,
  { sealed }: RequestOf<ReturnType<typeof findCommitments>>,
): Promise<ResponseOf<ReturnType<typeof findCommitments>>> {
  const rows = asRows<{ sealed: string; salt: string | null; event: object | null }>(
    await database.dataSource.query(
      `SELECT outbox.data ->> 'sealed' AS sealed, sealed_act.salt, sealed_act.event
       FROM outbox LEFT JOIN sealed_act ON sealed_act.sealed = outbox.data ->> 'sealed'
       WHERE outbox.data ->> 'sealed' = ANY($1) AND subject = $2`,
      [sealed, `evt.${service}.act-sealed.v1`],
    ),
  );
  const own = rows.map((row) => ({ sealed: row.sealed, holding: holdingOf(row) }));
  return { own };
}

function holdingOf({
  sealed,
  salt,
  event,
}: {
  readonly sealed: string;
  readonly salt: string | null;
  readonly event: object | null;
}): 'held' | 'missing' | 'altered' {
  if (salt === null || event === null) return 'missing';
  const opened = createHash('sha256').update(Buffer.from(salt, 'hex')).update(jcsBytes(event)).digest('hex');
  return opened === sealed ? 'held' : 'altered';
}

/** Act and commitment are kept in one transaction, so a sealed act without an outbox row was put there by another. */
export async function checkOwnSealedActs(
  service: ServiceName,
  database: ServiceDatabase,
  { afterId }: RequestOf<ReturnType<typeof checkSealedActs>>,
): Promise<ResponseOf<ReturnType<typeof checkSealedActs>>> {
  const rows = asRows<{ id: string; sealed: string; told: boolean }>(
    await database.dataSource.query(
      `SELECT id, sealed, EXISTS (
         SELECT FROM outbox WHERE outbox.data ->> 'sealed' = sealed_act.sealed AND subject = $3) AS told
       FROM sealed_act WHERE id > $1 ORDER BY id LIMIT $2`,
      [afterId, COMPARED_MAX, `evt.${service}.act-sealed.v1`],
    ),
  );
  const untold = rows.filter(({ told }) => !told).map(({ sealed }) => sealed);
  const isMore = rows.length === COMPARED_MAX;
  return { rows: rows.length, untold, nextId: isMore ? parseInt(rows.at(-1)!.id, 10) : null };
}
