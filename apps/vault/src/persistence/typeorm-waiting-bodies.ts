import { type ServiceDatabase, transact, type Tx } from '#database';
import { systemCall } from '#service';
import { WaitingBodies } from '../use-cases/intake/waiting-bodies.port.js';

export class TypeormWaitingBodies extends WaitingBodies {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async note(keys: readonly string[]): Promise<void> {
    await this.run(({ query }) =>
      query(
        `INSERT INTO waiting_body (key, since) SELECT key, clock_timestamp() FROM unnest($1::text[]) AS key
         ON CONFLICT DO NOTHING`,
        [keys],
      ),
    );
  }

  async touch(keys: readonly string[]): Promise<void> {
    await this.run(({ query }) =>
      query(
        `INSERT INTO waiting_body (key, since) SELECT key, clock_timestamp() FROM unnest($1::text[]) AS key
         ON CONFLICT (key) DO UPDATE SET since = EXCLUDED.since`,
        [[...keys].sort()],
      ),
    );
  }

  takeOverdue(hours: number, settle: Parameters<WaitingBodies['takeOverdue']>[1]): Promise<boolean> {
    return this.run(async ({ query }) => {
      const [found] = await query<{ key: string; is_accepted: boolean }>(
        `SELECT key, EXISTS (SELECT 1 FROM envelope_body WHERE sha256 = right(key, 64)) AS is_accepted
         FROM waiting_body WHERE since < clock_timestamp() - make_interval(hours => $1)
         ORDER BY since LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [hours],
      );
      if (!found) return false;
      const { key, is_accepted: isAccepted } = found;
      if ((await settle({ key, isAccepted })) === 'done') {
        await query('DELETE FROM waiting_body WHERE key = $1', [key]);
      } else {
        await query('UPDATE waiting_body SET since = clock_timestamp() WHERE key = $1', [key]);
      }
      return true;
    });
  }

  private run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return transact(this.database, systemCall('waiting-bodies'), work);
  }
}
