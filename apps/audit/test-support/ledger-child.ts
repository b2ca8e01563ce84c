import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { fromUtf8 } from '#kernel';
import { createServiceDataSource, ServiceDatabase } from '#database';
import { createSigner } from '#ledger';
import type { Log } from '#service';
import { FileObjectStore, type ObjectStore } from '#storage';
import { LedgerWriter } from '../src/messaging/ledger-writer.js';
import { SequencedWriting1764200000007 } from '../src/persistence/migrations/sequenced-writing-1764200000007.js';
import { Tables1764000000007 } from '../src/persistence/migrations/tables-1764000000007.js';
import { PostgresLedgerRows } from '../src/persistence/postgres-ledger-rows.js';
import type { AuditPorts } from '../src/use-cases/audit-ports.js';
import { takeActs } from '../src/use-cases/take-acts.js';
import { enterBatch } from '../src/use-cases/write-ledger.js';
import type { ChildOrder } from './child-order.js';

/** A writer in a process of its own, so that it can be killed: at its n-th step, or from outside. */
const order = JSON.parse(process.argv[2]!) as ChildOrder;
const say = (line: string): void => void writeSync(1, `${line}\n`);

let steps = 0;
function step(name: string): void {
  steps += 1;
  say(`step ${steps} ${name}`);
  if (steps === order.dieAt) process.kill(process.pid, 'SIGKILL');
}

/** What leaves something behind; between two of these a kill finds the same state, whatever was read meanwhile. */
const CHANGING = ['keepWaiting', 'takeTurn', 'sequence', 'moveHead', 'forgetPlaced', 'put', 'overwrite'];

/** Each change is a step that ends before anybody hears of it. */
function stepping<T extends object>(port: T, after: (name: string, args: unknown[]) => void): T {
  return new Proxy(port, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      return async (...args: unknown[]) => {
        const result: unknown = await member.apply(target, args);
        after(name, args);
        if (CHANGING.includes(name)) step(name);
        return result;
      };
    },
  });
}

function noteShown(name: string, args: unknown[]): void {
  if (name === 'overwrite')
    appendFileSync(order.shownFile, `${JSON.stringify(fromUtf8(args[1] as Uint8Array))}\n`);
}

const silent = () => undefined;
const log = { info: silent, warn: silent, error: silent } as unknown as Log;
const dataSource = await createServiceDataSource({
  url: order.databaseUrl,
  service: 'audit',
  entities: [],
  migrations: [Tables1764000000007, SequencedWriting1764200000007],
  poolSize: 4,
});
const rows = new PostgresLedgerRows(new ServiceDatabase({ dataSource, service: 'audit' }));
const store: ObjectStore = new FileObjectStore({
  root: join(order.folder, 'objects'),
  mutablePrefixes: ['ledger/'],
});
const signer = createSigner(order.origin, new Uint8Array(32).fill(7));
const ports: AuditPorts = {
  rows: stepping(rows, () => undefined),
  store: stepping(store, noteShown),
  signer: { name: signer.name, verifier: signer.verifier, sign: async (text) => signer.sign(text) },
  nextSigner: undefined,
  writer: randomUUID(),
  regionCode: '630100',
  batchMax: order.batchMax,
  log,
};

if (order.acts.length > 0) {
  await takeActs(ports, order.acts);
  say('taken');
}
if (order.isLasting) {
  const writer = new LedgerWriter(ports, 50);
  await writer.onModuleInit();
  say(`runs ${ports.writer}`);
  for (;;) await sleep(1_000);
}
while ((await enterBatch(ports)) !== 0);
await dataSource.destroy();
say('done');
