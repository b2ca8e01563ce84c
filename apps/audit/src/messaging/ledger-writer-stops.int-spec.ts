import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { actsOf, LedgerScene } from '../../test-support/ledger-scene.js';
import { takeActs } from '../use-cases/take-acts.js';
import { LedgerWriter } from './ledger-writer.js';

describe('a ledger whose files were changed', () => {
  let scene: LedgerScene;
  beforeAll(async () => {
    scene = await LedgerScene.start();
  });
  afterAll(() => scene?.close());

  it('is not written any more, and whatever else runs in the process goes on', async () => {
    const said: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) });
    const ports = scene.ports({ log });
    const writer = new LedgerWriter(ports, 20);
    await writer.onModuleInit();
    const size = async (): Promise<number> => (await scene.rows.head())!.size;
    await takeActs(ports, actsOf('vault', 1, 10));
    while ((await size()) < 10) await sleep(20);

    alter(join(scene.folder, 'objects/ledger/tile/entries'));
    await takeActs(ports, actsOf('vault', 11, 10));
    while (!said.some((line) => line.includes('the ledger is not written any more'))) await sleep(20);

    await takeActs(ports, actsOf('vault', 21, 10));
    await sleep(200);
    expect(await size()).toBe(10);
    expect(said.filter((line) => line.includes('not written any more'))).toHaveLength(1);
    await writer.onApplicationShutdown();
  });
});

/** One byte in every stored bundle of entries. */
function alter(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    bytes[bytes.length - 3]! ^= 1;
    chmodSync(file, 0o644);
    writeFileSync(file, bytes);
  }
}
