import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromUtf8, instantToMs, utf8 } from '#kernel';
import { createSigner, openHeartbeat, signCheckpoint } from '#ledger';
import { actsOf, LedgerScene, ORIGIN } from '../../test-support/ledger-scene.js';
import { publishHeartbeat } from '../use-cases/publish-heartbeat.js';
import { takeActs } from '../use-cases/take-acts.js';
import { Heartbeats } from './heartbeats.js';
import { LedgerWriter } from './ledger-writer.js';

const NOW_MS = Date.parse('2026-11-24T09:00:00.000Z');

describe('the heartbeat of a ledger', () => {
  let scene: LedgerScene;
  beforeAll(async () => {
    scene = await LedgerScene.start();
  });
  afterAll(() => scene?.close());
  const shown = async () =>
    openHeartbeat(fromUtf8(await scene.store().read('ledger/heartbeat')), [scene.signer.verifier]);

  it('is signed by the writer again and again, also when nothing is entered', async () => {
    const ports = scene.ports();
    const writer = new LedgerWriter(ports, 20, new Heartbeats(ports, 20));
    await writer.onModuleInit();
    await takeActs(ports, actsOf('vault', 1, 3));
    const found = async (isIt: (beat: Awaited<ReturnType<typeof shown>>) => boolean) => {
      for (;;) {
        const beat = await shown().catch(() => undefined);
        if (beat && isIt(beat)) return beat;
        await sleep(20);
      }
    };
    const first = await found(({ checkpoint }) => checkpoint.size === 3);
    const later = await found(({ at }) => at > first.at);
    expect(later.checkpoint).toEqual(first.checkpoint);
    await writer.onApplicationShutdown();
    const last = await shown();
    await sleep(100);
    expect(await shown()).toEqual(last);
  });

  it('says real time and what is shown, not more', async () => {
    const ports = scene.ports();
    const head = (await ports.rows.head())!;
    const headAhead = async () => ({ ...head, size: head.size + 5 });
    const rows = Object.assign(Object.create(ports.rows) as typeof ports.rows, { head: headAhead });
    await publishHeartbeat({ ...ports, rows }, NOW_MS);
    const { at, checkpoint } = await shown();
    expect([instantToMs(at), checkpoint.size, checkpoint.origin]).toEqual([NOW_MS, head.size, ORIGIN]);
  });

  it('is not signed over a checkpoint that somebody else put there', async () => {
    const ports = scene.ports();
    const forger = createSigner(ORIGIN, new Uint8Array(32).fill(8));
    const forged = signCheckpoint({ origin: ORIGIN, size: 9, root: new Uint8Array(32) }, forger);
    await ports.store.overwrite('ledger/checkpoint', utf8(forged));
    await expect(publishHeartbeat(ports, NOW_MS + 1)).rejects.toMatchObject({
      code: 'checkpoint.signature-invalid',
    });
    expect(instantToMs((await shown()).at)).toBe(NOW_MS);
  });
});
