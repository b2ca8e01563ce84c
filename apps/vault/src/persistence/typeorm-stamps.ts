import type { Instant } from '#kernel';
import { asRows, type ServiceDatabase } from '#database';
import {
  type ActRef,
  type PromiseStamp,
  Stamps,
  type StampState,
  type WaitingStamp,
} from '../use-cases/stamping/stamps.port.js';

const OF_ACT = 'tender_id = $1 AND organisation_id = $2 AND seq = $3';
const keyOf = ({ tenderId, organisationId, seq }: ActRef) => [tenderId, organisationId, seq];

interface Row {
  readonly attempts: number;
  readonly last_code: string | null;
  readonly token: Uint8Array | null;
  readonly gen_time: Instant | null;
  readonly authority_pem: string | null;
}

/** The queue in Postgres. */
export class TypeormStamps extends Stamps {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  take(limit: number, leaseMs: number): Promise<WaitingStamp[]> {
    return this.query(
      `UPDATE promise_stamp AS taken
       SET due_at = clock_timestamp() + $2 * interval '1 millisecond', attempts = taken.attempts + 1
       FROM (SELECT tender_id, organisation_id, seq FROM promise_stamp
             WHERE token IS NULL AND due_at <= clock_timestamp()
             ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS due
       WHERE taken.tender_id = due.tender_id AND taken.organisation_id = due.organisation_id
         AND taken.seq = due.seq
       RETURNING taken.tender_id AS "tenderId", taken.organisation_id AS "organisationId", taken.seq,
         promise_sha256 AS "promiseSha256", attempts`,
      [limit, leaseMs],
    );
  }

  async keep(ref: ActRef, { token, genTime, authorityPem }: PromiseStamp): Promise<boolean> {
    const kept = await this.query(
      `UPDATE promise_stamp SET token = $4, gen_time = $5, authority_pem = $6
       WHERE ${OF_ACT} AND token IS NULL RETURNING seq`,
      [...keyOf(ref), Buffer.from(token), genTime, authorityPem],
    );
    return kept.length === 1;
  }

  async putBack(ref: ActRef, afterMs: number, code: string | null): Promise<void> {
    await this.query(
      `UPDATE promise_stamp SET due_at = clock_timestamp() + $4 * interval '1 millisecond',
         last_code = coalesce($5, last_code)
       WHERE ${OF_ACT} AND token IS NULL`,
      [...keyOf(ref), afterMs, code],
    );
  }

  async countWaiting(): Promise<number> {
    const [row] = await this.query<{ count: string }>(
      'SELECT count(*) AS count FROM promise_stamp WHERE token IS NULL',
    );
    return parseInt(row!.count, 10);
  }

  async find(ref: ActRef): Promise<StampState | undefined> {
    const [row] = await this.query<Row>(
      `SELECT attempts, last_code, token, gen_time, authority_pem FROM promise_stamp WHERE ${OF_ACT}`,
      keyOf(ref),
    );
    return row && stateOf(row);
  }

  private readonly query = async <T>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    asRows<T>(await this.database.dataSource.manager.query(sql, [...params]));
}

function stateOf({ attempts, last_code: lastCode, token, gen_time, authority_pem }: Row): StampState {
  const stamp = token && {
    token: new Uint8Array(token),
    genTime: gen_time!,
    authorityPem: authority_pem!,
  };
  return { stamp, attempts, lastCode };
}
