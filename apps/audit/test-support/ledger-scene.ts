import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { fromUtf8 } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { ServiceDatabase } from '#database';
import { createSigner, type VerifiedLog, verifyLog } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import { createLog } from '#service';
import { FileObjectStore, type ObjectStore } from '#storage';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { auditService } from '../src/audit.module.js';
import { PostgresLedgerRows } from '../src/persistence/postgres-ledger-rows.js';
import type { AuditPorts } from '../src/use-cases/audit-ports.js';

export const ORIGIN = 'ledger.example/test';

export const actOf = (
  producer: string,
  seq: number,
  data: Record<string, unknown> = { seq },
): EventEnvelope => ({
  id: randomUUID(),
  producer,
  seq,
  subject: `evt.${producer}.thing-done.v1`,
  occurredAt: '2026-12-14T08:00:00.000Z',
  actorId: null,
  tenderId: null,
  correlationId: 'c',
  causationId: null,
  data,
});

export const actsOf = (producer: string, from: number, count: number): EventEnvelope[] =>
  Array.from({ length: count }, (_, i) => actOf(producer, from + i));

/** The ledger's use cases over a Postgres of its own and a folder of files. */
export class LedgerScene {
  readonly signer = createSigner(ORIGIN, new Uint8Array(32).fill(7));
  /** Every checkpoint that was shown, in order. */
  readonly shown: string[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly rows: PostgresLedgerRows,
    readonly folder: string,
    readonly databaseUrl: string,
    readonly service: ServiceDatabase,
  ) {}

  static async start(): Promise<LedgerScene> {
    const database = await testDatabase();
    const { migrations, entities } = auditService;
    const service = await database.serviceDatabase('audit', { entities, migrations });
    const { url } = service.dataSource.options as { readonly url: string };
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-ledger-'));
    return new LedgerScene(database, new PostgresLedgerRows(service), folder, url, service);
  }

  store(): ObjectStore {
    const store = new FileObjectStore({ root: join(this.folder, 'objects'), mutablePrefixes: ['ledger/'] });
    const overwrite = store.overwrite.bind(store);
    store.overwrite = async (key, bytes) => {
      await overwrite(key, bytes);
      this.shown.push(fromUtf8(bytes));
    };
    return store;
  }

  ports(changes: Partial<AuditPorts> = {}): AuditPorts {
    const { name, verifier } = this.signer;
    return {
      rows: this.rows,
      store: this.store(),
      signer: { name, verifier, sign: async (text) => this.signer.sign(text) },
      nextSigner: undefined,
      writer: randomUUID(),
      regionCode: '630100',
      batchMax: 1_000,
      log: createLog('audit', 'silent'),
      ...changes,
    };
  }

  /** As if the holder of the turn had been silent for its time. */
  async letTurnPass(): Promise<void> {
    await this.rows['query'](`UPDATE ledger_sequence SET turn_until = '-infinity'`);
  }

  /** The whole ledger as an outsider reads it, against every checkpoint that was ever shown. */
  verified(): Promise<VerifiedLog> {
    const store = this.store();
    return verifyLog({
      readFile: (path) => store.read(`ledger/${path}`),
      verifiers: [this.signer.verifier],
      keptCheckpoints: this.shown,
      sha256: nodeSha256,
    });
  }

  async close(): Promise<void> {
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `producer seq` of every act in the ledger, sorted: what is there, and how often. */
export const actsIn = ({ entries }: VerifiedLog): string[] =>
  entries
    .flatMap(({ entry }) => ('sealed' in entry ? [] : [`${entry.producer} ${entry.seq}`]))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

export const namesOf = (events: readonly EventEnvelope[]): string[] =>
  events
    .map(({ producer, seq }) => `${producer} ${seq}`)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
