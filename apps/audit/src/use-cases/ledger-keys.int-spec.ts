import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '#contracts';
import { createSigner, openCheckpoint } from '#ledger';
import { actOf, actsOf, LedgerScene, ORIGIN } from '../../test-support/ledger-scene.js';
import { announceNextKey } from './ledger-keys.js';
import { identity } from './read-ledger.js';
import { takeActs } from './take-acts.js';
import { enterBatch } from './write-ledger.js';

describe('the ledger’s key', () => {
  let scene: LedgerScene;
  beforeAll(async () => {
    scene = await LedgerScene.start();
  });
  afterAll(() => scene?.close());

  const next = createSigner(ORIGIN, new Uint8Array(32).fill(8));
  const nextSigner = { name: ORIGIN, verifier: next.verifier, sign: async (text: string) => next.sign(text) };

  it('changes with the first checkpoint that holds the entry, and the log verifies from the old key', async () => {
    const ports = scene.ports({ nextSigner });
    await takeActs(ports, actsOf('vault', 1, 3));
    expect(await enterBatch(ports)).toBe(3);
    expect((await identity(ports)).verifierKey).toBe(scene.signer.verifierKey);

    await announceNextKey(ports);
    await announceNextKey(ports);
    const told = await scene.rows['query']<Pick<EventEnvelope, 'subject' | 'data'>>(
      'SELECT subject, data FROM outbox',
    );
    expect(told).toHaveLength(1);
    await takeActs(ports, [{ ...actOf('audit', 1), ...told[0]! }]);
    expect(await enterBatch(ports)).toBe(1);
    expect((await identity(ports)).verifierKey).toBe(next.verifierKey);
    expect(openCheckpoint(scene.shown.at(-1)!, [next.verifier]).size).toBe(4);
    expect((await scene.verified()).entries).toHaveLength(4);
  });

  it('goes on with the new key alone, and not with the old one alone', async () => {
    await scene.letTurnPass();
    const alone = scene.ports({ signer: nextSigner });
    await takeActs(alone, actsOf('vault', 4, 2));
    expect(await enterBatch(alone)).toBe(2);
    await scene.letTurnPass();
    await takeActs(alone, actsOf('vault', 6, 1));
    await expect(enterBatch(scene.ports())).rejects.toThrow(/not configured/);
    expect((await scene.verified()).entries).toHaveLength(6);
  });
});
