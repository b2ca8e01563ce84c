import { type ServiceDatabase, transact } from '#database';
import { systemCall } from '#service';
import {
  Cosignatures,
  type CosignedRow,
  type WitnessNews,
} from '../use-cases/witnesses/cosignatures.port.js';

interface Row {
  readonly size: string;
  readonly checkpoint: string;
  readonly witnessed_at: string | null;
}

export class PostgresCosignatures extends Cosignatures {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async keepPolicy(sha256: string, text: string): Promise<void> {
    await this.query('INSERT INTO witness_policy VALUES ($1, $2) ON CONFLICT DO NOTHING', [sha256, text]);
  }

  async policy(sha256: string): Promise<string | undefined> {
    const [row] = await this.query<{ policy: string }>(
      'SELECT policy FROM witness_policy WHERE sha256 = $1',
      [sha256],
    );
    return row?.policy;
  }

  async keep({ size, checkpoint, witnessedAt }: CosignedRow): Promise<void> {
    await this.query(
      `INSERT INTO cosigned_checkpoint VALUES ($1, $2, $3)
       ON CONFLICT (size) DO UPDATE SET checkpoint = $2, witnessed_at = $3`,
      [size, checkpoint, witnessedAt],
    );
  }

  async at(size: number): Promise<CosignedRow | undefined> {
    return this.first('WHERE size = $1', [size]);
  }

  async latestWitnessed() {
    return witnessed(await this.first('WHERE witnessed_at IS NOT NULL ORDER BY size DESC LIMIT 1', []));
  }

  async firstWitnessedSince(unixSeconds: number) {
    return witnessed(await this.first('WHERE witnessed_at >= $1 ORDER BY size LIMIT 1', [unixSeconds]));
  }

  async isQuorumMissing(): Promise<boolean> {
    const [row] = await this.query<{ is_missing: boolean }>('SELECT is_missing FROM witness_quorum');
    return row?.is_missing ?? false;
  }

  async tell({ type, data }: WitnessNews): Promise<void> {
    await transact(this.database, systemCall('watch-witnesses'), async (tx) => {
      const changed = await tx.query(
        'UPDATE witness_quorum SET is_missing = $1 WHERE is_missing <> $1 RETURNING is_missing',
        [type === 'witness-quorum-missing'],
      );
      if (changed.length > 0) await tx.emit({ subject: `evt.audit.${type}.v1`, tenderId: null, data });
    });
  }

  private async first(where: string, params: readonly unknown[]): Promise<CosignedRow | undefined> {
    const [row] = await this.query<Row>(`SELECT * FROM cosigned_checkpoint ${where}`, params);
    if (!row) return undefined;
    const { size, checkpoint, witnessed_at: at } = row;
    return { size: parseInt(size, 10), checkpoint, witnessedAt: at === null ? null : parseInt(at, 10) };
  }

  private query<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.database.dataSource.query<T[]>(sql, [...params]);
  }
}

function witnessed(row: CosignedRow | undefined) {
  return row === undefined || row.witnessedAt === null ? undefined : { ...row, witnessedAt: row.witnessedAt };
}
