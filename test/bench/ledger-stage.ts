import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EventEnvelope } from '#contracts';
import { createSigner } from '#ledger';
import {
  createServiceDataSource,
  prepareDatabase,
  provisionService,
  ServiceDatabase,
  startEmbeddedPostgres,
} from '#database';
import { createLog } from '#service';
import { FileObjectStore } from '#storage';
import { auditService } from '../../apps/audit/src/audit.module.js';
import { PostgresLedgerRows } from '../../apps/audit/src/persistence/postgres-ledger-rows.js';
import type { AuditPorts } from '../../apps/audit/src/use-cases/audit-ports.js';

/** Acts of about 600 bytes as entries, as most are. */
export const benchActs = (from: number, count: number): EventEnvelope[] =>
  Array.from({ length: count }, (_, i) => ({
    id: randomUUID(),
    producer: 'bench',
    seq: from + i,
    subject: 'evt.bench.entry-made.v1',
    occurredAt: '2026-11-24T00:00:00.000Z',
    actorId: null,
    tenderId: '0198a000-0000-7000-8000-000000000001',
    correlationId: 'c',
    causationId: null,
    data: { text: 'x'.repeat(380), n: from + i },
  }));

/** One server for all stages of a run; each stage is a database of its own, empty at first. */
export class LedgerStages {
  private constructor(
    private readonly folder: string,
    private readonly adminUrl: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(): Promise<LedgerStages> {
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-ledger-bench-'));
    const { adminUrl, stop } = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
    return new LedgerStages(folder, adminUrl, stop);
  }

  async stage(): Promise<LedgerStage> {
    const id = randomUUID().slice(0, 8);
    const databaseUrl = await prepareDatabase(this.adminUrl, { database: `bench_${id}` });
    const url = await provisionService(databaseUrl, { service: 'audit', password: randomUUID() });
    const { migrations, entities } = auditService;
    const dataSource = await createServiceDataSource({ url, service: 'audit', entities, migrations });
    return new LedgerStage(join(this.folder, id), new ServiceDatabase({ dataSource, service: 'audit' }));
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(clusterFolder(join(this.folder, 'postgres')), { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The cluster of a data folder lies elsewhere for root. */
function clusterFolder(dataDir: string): string {
  const pointer = join(dataDir, 'cluster.path');
  return existsSync(pointer) ? dirname(readFileSync(pointer, 'utf8').trim()) : dataDir;
}

/** The ledger's use cases over a real Postgres and a folder of files. */
export class LedgerStage {
  readonly ports: AuditPorts;

  constructor(
    folder: string,
    private readonly database: ServiceDatabase,
  ) {
    const signer = createSigner('bench', new Uint8Array(32).fill(1));
    this.ports = {
      rows: new PostgresLedgerRows(database),
      store: new FileObjectStore({ root: folder, mutablePrefixes: ['ledger/'] }),
      signer: { name: 'bench', verifier: signer.verifier, sign: async (text) => signer.sign(text) },
      nextSigner: undefined,
      writer: randomUUID(),
      regionCode: '630100',
      batchMax: 1_000,
      log: createLog('audit', 'error'),
    };
  }

  query<T>(sql: string, params: unknown[] = []): Promise<T[]> {
    return this.database.dataSource.query<T[]>(sql, params);
  }

  close(): Promise<void> {
    return this.database.dataSource.destroy();
  }
}
