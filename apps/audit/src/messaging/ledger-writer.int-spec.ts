import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import {
  createServiceDataSource,
  prepareDatabase,
  provisionService,
  ServiceDatabase,
  startEmbeddedPostgres,
} from '#database';
import { verifyLog } from '#ledger';
import type { ObjectStore } from '#storage';
import { FileObjectStore } from '#storage';
import { actsIn, actsOf, LedgerScene, namesOf } from '../../test-support/ledger-scene.js';
import { auditService } from '../audit.module.js';
import { PostgresLedgerRows } from '../persistence/postgres-ledger-rows.js';
import { takeActs } from '../use-cases/take-acts.js';
import { enterBatch, requireNothingNewerPublished } from '../use-cases/write-ledger.js';
import { LedgerWriter } from './ledger-writer.js';

describe('the writer, while an engine fails', () => {
  let scene: LedgerScene;
  beforeAll(async () => {
    scene = await LedgerScene.start();
  });
  afterAll(() => scene?.close());

  it('takes acts while the store is down, and enters them all when it is back', async () => {
    let isDown = false;
    const ports = scene.ports();
    const store = new Proxy<ObjectStore>(ports.store, {
      get: (target, name, receiver) =>
        isDown && name !== 'guarantees'
          ? () => Promise.reject(new DomainError('storage.unavailable', 'down'))
          : Reflect.get(target, name, receiver),
    });
    const writer = new LedgerWriter({ ...ports, store }, 20);
    await writer.onModuleInit();
    isDown = true;
    const acts = actsOf('vault', 1, 500);
    for (let at = 0; at < acts.length; at += 50) {
      await takeActs(ports, acts.slice(at, at + 50));
      await sleep(30);
    }
    expect((await scene.rows.head())!.size).toBe(0);
    isDown = false;
    await until(async () => (await scene.rows.head())!.size === 500);
    await writer.onApplicationShutdown();
    expect(actsIn(await scene.verified())).toEqual(namesOf(acts));
  });

  it('loses nothing that was acknowledged when its connections are cut again and again', async () => {
    const writer = new LedgerWriter(scene.ports(), 20);
    await writer.onModuleInit();
    const acts = actsOf('tendering', 1, 300);
    for (let at = 0; at < acts.length; at += 10) {
      const some = acts.slice(at, at + 10);
      // Whoever was told of a failure brings the same acts again, as the bus does.
      await until(() =>
        takeActs(scene.ports(), some).then(
          () => true,
          () => false,
        ),
      );
      if (at % 50 === 0) await cutConnections(scene);
    }
    await until(async () => (await scene.rows.head().catch(() => undefined))?.size === 800);
    await writer.onApplicationShutdown();
    expect(actsIn(await scene.verified()).filter((act) => act.startsWith('tendering'))).toEqual(
      namesOf(acts),
    );
  });
});

const cutConnections = (scene: LedgerScene): Promise<unknown> =>
  scene.rows['query'](
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()`,
  ).catch(() => undefined);

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}

describe('a backup of cluster and objects', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-backup-'));
  const clusters: string[] = [];
  afterAll(() => {
    for (const cluster of clusters) rmSync(dirname(cluster), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  /** As root the cluster lies elsewhere, and a file points to it. */
  const pointer = (name: string): string => join(folder, name, 'postgres', 'cluster.path');
  const open = async (name: string, databaseUrl: (adminUrl: string) => Promise<string>) => {
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, name, 'postgres') });
    if (existsSync(pointer(name))) clusters.push(readFileSync(pointer(name), 'utf8').trim());
    const url = await provisionService(await databaseUrl(postgres.adminUrl), {
      service: 'audit',
      password: 'audit',
    });
    const { entities, migrations } = auditService;
    const dataSource = await createServiceDataSource({ url, service: 'audit', entities, migrations });
    const rows = new PostgresLedgerRows(new ServiceDatabase({ dataSource, service: 'audit' }));
    const store = new FileObjectStore({ root: join(folder, name, 'objects'), mutablePrefixes: ['ledger/'] });
    const close = async (): Promise<void> => {
      await dataSource.destroy();
      await postgres.stop();
    };
    return { rows, store, close };
  };

  it('gives the same root in a new cluster, and the ledger goes on from it', async () => {
    const scene = await LedgerScene.start();
    const first = await open('first', (adminUrl) => prepareDatabase(adminUrl));
    const ports = scene.ports(first);
    await takeActs(ports, actsOf('vault', 1, 700));
    while ((await enterBatch(ports)) !== 0);
    const { root, size } = (await first.rows.head())!;
    await first.rows.endTurn(ports.writer);
    await first.close();

    cpSync(join(folder, 'first'), join(folder, 'second'), { recursive: true });
    if (clusters[0] !== undefined) {
      const copy = `${dirname(clusters[0])}-copy/cluster`;
      cpSync(dirname(clusters[0]), dirname(copy), { recursive: true });
      execFileSync('chown', ['-R', `--reference=${clusters[0]}`, dirname(copy)]);
      writeFileSync(pointer('second'), `${copy}\n`);
    }
    const second = await open('second', async (adminUrl) => adminUrl.replace(/\/postgres$/, '/sunseal'));
    const restored = scene.ports(second);
    await requireNothingNewerPublished(restored);
    expect(await second.rows.head()).toMatchObject({ root, size: 700 });
    await takeActs(restored, actsOf('vault', 701, 10));
    expect(await enterBatch(restored)).toBe(10);
    const readFile = (path: string) => second.store.read(`ledger/${path}`);
    const { entries } = await verifyLog({ readFile, verifiers: [scene.signer.verifier] });
    expect(entries).toHaveLength(size + 10);
    await second.close();
    await scene.close();
  });
});
