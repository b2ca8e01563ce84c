import type { Instant } from '#kernel';
import {
  alarmRaised,
  type DataOf,
  lowerCentreFault,
  type LowerCentreFault,
  lowerCentreSound,
  lowerCheckpoint,
} from '#contracts';
import { asRows, type ServiceDatabase, transact, type Tx } from '#database';
import { systemCall } from '#service';
import {
  type LowerCentre,
  LowerCentres,
  type LowerHead,
  type LowerNews,
} from '../use-cases/lower/lower-centre.js';

const ENSURE = 'INSERT INTO lower_centre (origin, region_code) VALUES ($1, $2) ON CONFLICT DO NOTHING';

/** A row for each lower ledger; every change of one is told in the transaction that makes it. */
export class PostgresLowerCentres extends LowerCentres {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async head(origin: string): Promise<LowerHead | undefined> {
    const [row] = asRows<{ size: string; root: string; checkpoint: string }>(
      await this.database.dataSource.query(
        'SELECT size, root, checkpoint FROM lower_centre WHERE origin = $1 AND size IS NOT NULL',
        [origin],
      ),
    );
    return row && { ...row, size: parseInt(row.size, 10) };
  }

  async faults(): Promise<ReadonlyMap<string, LowerCentreFault>> {
    const rows = asRows<{ origin: string; fault: string }>(
      await this.database.dataSource.query('SELECT origin, fault FROM lower_centre WHERE fault IS NOT NULL'),
    );
    return new Map(rows.map(({ origin, fault }) => [origin, lowerCentreFault.parse(fault)]));
  }

  async enter(
    centre: LowerCentre,
    from: number | undefined,
    { heartbeatAt, size, root, checkpoint }: LowerHead & { readonly heartbeatAt: Instant },
  ): Promise<void> {
    const { regionCode, origin } = centre;
    await this.change(centre, async (tx) => {
      const moved = await tx.query(
        `UPDATE lower_centre SET size = $2, root = $3, checkpoint = $4, region_code = $5
         WHERE origin = $1 AND size IS NOT DISTINCT FROM $6 RETURNING origin`,
        [origin, size, root, checkpoint, regionCode, from ?? null],
      );
      if (moved.length === 0) return;
      const data: DataOf<typeof lowerCheckpoint> = {
        regionCode,
        origin,
        size,
        root,
        checkpoint,
        heartbeatAt,
      };
      await tx.emit({ subject: lowerCheckpoint.subject, tenderId: null, data });
    });
  }

  async tell(centre: LowerCentre, news: LowerNews): Promise<boolean> {
    const { regionCode, origin } = centre;
    const fault = news.kind === 'alarm' ? news.fault : null;
    if (((await this.faults()).get(origin) ?? null) === fault) return false;
    return this.change(centre, async (tx) => {
      const [before] = await tx.query<{ fault: LowerCentreFault | null }>(
        'SELECT fault FROM lower_centre WHERE origin = $1 FOR UPDATE',
        [origin],
      );
      if (!before || before.fault === fault) return false;
      await tx.query('UPDATE lower_centre SET fault = $2 WHERE origin = $1', [origin, fault]);
      if (news.kind === 'alarm') {
        const evidence = { regionCode, origin, ...news.evidence };
        const data: DataOf<typeof alarmRaised> = { rule: news.fault, severity: 'critical', evidence };
        await tx.emit({ subject: alarmRaised.subject, tenderId: null, data });
      } else if (before.fault !== null) {
        const data: DataOf<typeof lowerCentreSound> = { regionCode, origin, fault: before.fault };
        await tx.emit({ subject: lowerCentreSound.subject, tenderId: null, data });
      }
      return true;
    });
  }

  private change<T>({ origin, regionCode }: LowerCentre, work: (tx: Tx) => Promise<T>): Promise<T> {
    return transact(this.database, systemCall('watch-lower-centres'), async (tx) => {
      await tx.query(ENSURE, [origin, regionCode]);
      return work(tx);
    });
  }
}
