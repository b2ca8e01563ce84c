import { instantFromMs, utf8 } from '#kernel';
import { heartbeatText, openCheckpoint, signNote } from '#ledger';
import { createLog } from '#service';
import { LogBuilder, openEntry } from '../../../libs/ledger/test-support/log-builder.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { auditService } from '../src/audit.module.js';
import { PostgresLowerCentres } from '../src/persistence/postgres-lower-centres.js';
import type { LowerCentre } from '../src/use-cases/lower/lower-centre.js';
import { LowerWatch } from '../src/use-cases/lower/watch-lower.js';

export const COUNTY = '630121';
export const SILENT_AFTER_MS = 45_000;

interface Told {
  readonly subject: string;
  readonly data: Record<string, unknown>;
}

/** A ledger in memory below, whose files a forger may change, and a real database above it. */
export class LowerScene {
  lower = new LogBuilder();
  /** The time of both. */
  nowMs = Date.parse('2026-11-24T09:00:00.000Z');
  isReachable = true;
  readonly centre: LowerCentre;
  private acts = 0;

  private constructor(
    private readonly database: TestDatabase,
    readonly rows: PostgresLowerCentres,
    private readonly query: <T>(sql: string) => Promise<T[]>,
  ) {
    const { name, verifier } = this.lower.signer;
    this.centre = {
      regionCode: COUNTY,
      origin: name,
      url: 'http://lower.example/ledger/',
      verifiers: [verifier],
      readFile: (path) =>
        this.isReachable ? this.lower.readFile(path) : Promise.reject(new Error('no answer')),
    };
  }

  static async start(): Promise<LowerScene> {
    const database = await testDatabase();
    const { migrations, entities } = auditService;
    const service = await database.serviceDatabase('audit', { entities, migrations });
    const query = <T>(sql: string): Promise<T[]> => service.dataSource.query(sql);
    return new LowerScene(database, new PostgresLowerCentres(service), query);
  }

  watch(): LowerWatch {
    const log = createLog('audit', 'silent');
    return new LowerWatch(this.centre, this.rows, SILENT_AFTER_MS, log, this.nowMs);
  }

  /** The lower ledger enters acts, shows its checkpoint, and gives a sign of life. */
  async grow(count: number): Promise<void> {
    const entries = Array.from({ length: count }, () => openEntry((this.acts += 1)));
    await this.lower.append(entries);
    this.beat();
  }

  beat(): void {
    const { files, signer } = this.lower;
    const note = Buffer.from(files.get('checkpoint')!).toString();
    const checkpoint = openCheckpoint(note, [signer.verifier]);
    const text = heartbeatText({ checkpoint, at: instantFromMs(this.nowMs) });
    files.set('heartbeat', utf8(signNote(text, [signer])));
  }

  /** Everything that the lower ledger is now, to be put back later. */
  save(): () => void {
    const [files, size] = [new Map(this.lower.files), this.lower.size];
    return () => {
      this.lower.files.clear();
      for (const [path, bytes] of files) this.lower.files.set(path, bytes);
      this.lower.size = size;
    };
  }

  pass(ms: number): void {
    this.nowMs += ms;
  }

  /** What was told since the scene began, oldest first. */
  async told(): Promise<Told[]> {
    return this.query<Told>('SELECT subject, data FROM outbox ORDER BY id');
  }

  /** Rules of alarms, and `sound`, in their order. */
  async news(): Promise<string[]> {
    return (await this.told()).flatMap(({ subject, data }) => {
      if (subject === 'evt.audit.alarm-raised.v1') return [String(data['rule'])];
      return subject === 'evt.audit.lower-centre-sound.v1' ? ['sound'] : [];
    });
  }

  async clear(): Promise<void> {
    await this.query('DELETE FROM outbox');
    await this.query('DELETE FROM lower_centre');
    this.lower = new LogBuilder();
    this.acts = 0;
    this.isReachable = true;
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
