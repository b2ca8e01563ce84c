import { randomUUID } from 'node:crypto';
import { DomainError, type Uuid } from '#kernel';
import { LIMITS, type UploadErrorCode } from '#contracts';
import { type ServiceDatabase, transact, type Tx } from '#database';
import { systemCall } from '#service';
import { type EnvelopeUpload, type Segment, segmentKey, type UploadOwner } from './upload.js';

export interface NewUpload extends UploadOwner {
  readonly sha256: string;
  readonly size: number;
  readonly key: string;
  /** The store holds the body already: the upload is finished as it begins. */
  readonly isStored: boolean;
}

const COLUMNS = `id, sha256, size, key, received, writer, finished_at IS NOT NULL AS is_finished,
  expires_at <= clock_timestamp() AS is_over,
  floor(extract(epoch FROM clock_timestamp() - created_at) * 1000) AS age_ms`;

/**
 * Uploads in Postgres, shared by all processes of the gateway. What moves an upload on does so only from the place
 * where its writer left it: of several writers one gets on, and none can overwrite or leave a gap. Time is the
 * database's, at its real pace. Every method throws `database.unavailable` where Postgres cannot be reached.
 */
export class UploadRows {
  constructor(private readonly database: ServiceDatabase) {}

  /**
   * The upload of this body: the one under way, or a new one. Throws `upload.too-many` where the owner has as many
   * unfinished ones as may be.
   */
  create(wanted: NewUpload): Promise<EnvelopeUpload> {
    const { tenderId, organisationId, sha256, size, key, isStored } = wanted;
    return this.run(async ({ query }) => {
      await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${organisationId} ${tenderId}`]);
      const open = await query<Record<string, unknown>>(
        `SELECT ${COLUMNS} FROM upload WHERE organisation_id = $1 AND tender_id = $2
         AND expires_at > clock_timestamp() AND (finished_at IS NULL OR (sha256 = $3 AND size = $4 AND $5))`,
        [organisationId, tenderId, sha256, size, isStored],
      );
      const uploads = open.map(toUpload);
      const same = uploads.find((upload) => upload.sha256 === sha256 && upload.size === size);
      if (same && (same.isFinished || !isStored)) return same;
      if (!isStored && uploads.length >= LIMITS.openUploadsMax) throw tooMany();
      const made = await query<Record<string, unknown>>(
        `INSERT INTO upload (id, tender_id, organisation_id, sha256, size, key, expires_at, received, finished_at)
         VALUES ($1, $2, $3, $4, $5::bigint, $6, clock_timestamp() + make_interval(hours => $7),
                 CASE WHEN $8 THEN $5::bigint ELSE 0 END, CASE WHEN $8 THEN clock_timestamp() END)
         RETURNING ${COLUMNS}`,
        [randomUUID(), tenderId, organisationId, sha256, size, key, LIMITS.uploadHoursMax, isStored],
      );
      return toUpload(made[0]!);
    });
  }

  /** Undefined also where it is another's. */
  find(id: Uuid, { tenderId, organisationId }: UploadOwner): Promise<EnvelopeUpload | undefined> {
    return this.run(async ({ query }) => {
      const [found] = await query<Record<string, unknown>>(
        `SELECT ${COLUMNS} FROM upload WHERE id = $1 AND tender_id = $2 AND organisation_id = $3`,
        [id, tenderId, organisationId],
      );
      return found && toUpload(found);
    });
  }

  /**
   * Makes the caller the only writer, from this offset on, and notes what the one before may have left. Undefined
   * where the upload does not go on there. Throws `upload.too-many-requests`.
   */
  begin(id: Uuid, offset: number): Promise<number | undefined> {
    return this.run(async ({ query }) => {
      const [taken] = await query<{ writer: number }>(
        `UPDATE upload SET writer = writer + 1
         WHERE id = $1 AND received = $2 AND finished_at IS NULL AND expires_at > clock_timestamp()
         RETURNING writer`,
        [id, offset],
      );
      if (!taken) return undefined;
      const { writer } = taken;
      if (writer > LIMITS.uploadRequestsMax) throw tooManyRequests();
      if (writer > 1) {
        await query(
          `INSERT INTO upload_piece (upload_id, begins, size, key)
           VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING`,
          [id, offset, segmentKey(id, offset, writer - 1)],
        );
      }
      return writer;
    });
  }

  /**
   * Counts bytes that are durable in the store, at the end of a segment. False, and nothing counted, where another
   * writer has taken over.
   */
  add(id: Uuid, writer: number, segment: Segment, bytes: number): Promise<boolean> {
    return this.run(async ({ query }) => {
      const counted = await query(
        `WITH moved AS (
           UPDATE upload SET received = received + $4::bigint
           WHERE id = $1 AND writer = $2 AND received = $3::bigint AND finished_at IS NULL AND expires_at > clock_timestamp()
           RETURNING id
         )
         INSERT INTO upload_piece AS known (upload_id, begins, size, key) SELECT id, $5::bigint, $4::bigint, $6 FROM moved
         ON CONFLICT (upload_id, key) DO UPDATE SET size = known.size + EXCLUDED.size RETURNING key`,
        [id, writer, segment.begins + segment.size, bytes, segment.begins, segment.key],
      );
      return counted.length === 1;
    });
  }

  /** The bytes in order, without gap. */
  segments(id: Uuid): Promise<Segment[]> {
    return this.run(async ({ query }) => {
      const rows = await query<{ begins: string; size: string; key: string }>(
        'SELECT begins, size, key FROM upload_piece WHERE upload_id = $1 AND size > 0 ORDER BY begins',
        [id],
      );
      return rows.map(({ begins, size, key }) => ({ begins: Number(begins), size: Number(size), key }));
    });
  }

  async finish(id: Uuid): Promise<void> {
    await this.run(({ query }) =>
      query(
        'UPDATE upload SET finished_at = clock_timestamp() WHERE id = $1 AND received = size AND finished_at IS NULL',
        [id],
      ),
    );
  }

  /** Over from now on; harmless where it is over or finished. */
  async end(id: Uuid): Promise<void> {
    await this.run(({ query }) =>
      query(
        `UPDATE upload SET expires_at = clock_timestamp()
         WHERE id = $1 AND finished_at IS NULL AND expires_at > clock_timestamp()`,
        [id],
      ),
    );
  }

  /** Every name under which the store may hold a part of it. */
  keys(id: Uuid): Promise<string[]> {
    return this.run(async ({ query }) => {
      const [upload] = await query<{ received: string; writer: number }>(
        'SELECT received, writer FROM upload WHERE id = $1',
        [id],
      );
      const segments = await query<{ key: string }>('SELECT key FROM upload_piece WHERE upload_id = $1', [
        id,
      ]);
      const last = upload ? [segmentKey(id, Number(upload.received), upload.writer)] : [];
      return [...new Set([...segments.map(({ key }) => key), ...last])];
    });
  }

  /** Uploads that have been over for longer than any request to them can last. */
  longOver(limit: number): Promise<Uuid[]> {
    return this.run(async ({ query }) => {
      const rows = await query<{ id: Uuid }>(
        `SELECT id FROM upload WHERE expires_at < clock_timestamp() - make_interval(secs => $1)
         ORDER BY expires_at LIMIT $2`,
        [LIMITS.uploadRequestSecondsMax, limit],
      );
      return rows.map(({ id }) => id);
    });
  }

  async forget(id: Uuid): Promise<void> {
    await this.run(({ query }) => query('DELETE FROM upload WHERE id = $1', [id]));
  }

  private run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return transact(this.database, systemCall('uploads'), work);
  }
}

function toUpload(row: Record<string, unknown>): EnvelopeUpload {
  return {
    id: String(row['id']),
    sha256: String(row['sha256']),
    size: Number(row['size']),
    key: String(row['key']),
    received: Number(row['received']),
    writer: Number(row['writer']),
    isFinished: row['is_finished'] === true,
    isOver: row['is_over'] === true,
    ageMs: Number(row['age_ms']),
  };
}

const tooMany = () =>
  new DomainError<UploadErrorCode>(
    'upload.too-many',
    `At most ${LIMITS.openUploadsMax} unfinished uploads in one tender; finish or delete one.`,
    { openUploadsMax: LIMITS.openUploadsMax },
  );

const tooManyRequests = () =>
  new DomainError<UploadErrorCode>(
    'upload.too-many-requests',
    `At most ${LIMITS.uploadRequestsMax} requests bring one upload; delete it and begin anew.`,
    { uploadRequestsMax: LIMITS.uploadRequestsMax },
  );
