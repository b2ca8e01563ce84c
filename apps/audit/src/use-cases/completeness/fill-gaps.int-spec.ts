import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProducersScene } from '../../../test-support/producers-scene.js';
import { actOf, actsIn } from '../../../test-support/ledger-scene.js';
import { fillEnds, fillGaps } from './fill-gaps.js';

describe('a gap in a producer’s numbers', () => {
  let scene: ProducersScene;
  beforeAll(async () => {
    scene = await ProducersScene.start();
  });
  afterAll(() => scene?.close());

  const entered = async (): Promise<string[]> =>
    actsIn(await scene.ledger.verified()).filter((name) => !name.startsWith('audit'));

  async function lose(work: () => Promise<void>): Promise<void> {
    scene.isTaking = false;
    await work();
    await scene.settle();
    scene.isTaking = true;
  }

  it('is filled from the outbox, and what waited behind it is entered', async () => {
    await scene.tell('vault');
    await scene.settle();
    await lose(async () => {
      await scene.tell('vault');
      await scene.seal('vault', null);
    });
    await scene.tell('vault');
    await scene.settle();
    expect(await entered()).toEqual(['vault 1']);
    await fillGaps(scene.ports({ gapPatienceMs: 3_600_000 }));
    await scene.settle();
    expect(await entered()).toEqual(['vault 1', 'vault 2', 'vault 4']);
    expect(await scene.ports().compared.gaps()).toEqual([]);
    expect(await scene.alarms()).toEqual([]);
  });

  it('left by an act that was deleted while it waited, or was put far ahead, is filled as well', async () => {
    await scene.tell('vault');
    await scene.deliver();
    await scene.asAdministrator('audit', 'DELETE FROM waiting_act');
    await scene.ledger.rows.keepWaiting([actOf('vault', 900)]);
    await fillGaps(scene.ports({ gapPatienceMs: 3_600_000 }));
    await scene.settle();
    expect((await entered()).at(-1)).toBe('vault 5');
    await scene.asAdministrator('audit', 'DELETE FROM waiting_act');
  });

  it('behind which nothing waits is filled too', async () => {
    await lose(() => scene.tell('tendering'));
    await fillGaps(scene.ports());
    await scene.settle();
    expect(await entered()).not.toContain('tendering 1');
    await fillEnds(scene.ports());
    await scene.settle();
    expect(await entered()).toContain('tendering 1');
  });

  it('longer than one answer is filled in several', async () => {
    await lose(async () => {
      for (let i = 0; i < 300; i++) await scene.tell('registration');
    });
    await scene.tell('registration');
    await scene.settle();
    await fillGaps(scene.ports({ gapPatienceMs: 3_600_000 }));
    await scene.settle();
    expect(await scene.ports().compared.gaps()).toMatchObject([
      { producer: 'registration', from: 257, to: 300 },
    ]);
    await fillGaps(scene.ports({ gapPatienceMs: 3_600_000 }));
    await scene.settle();
    expect((await entered()).filter((name) => name.startsWith('registration'))).toHaveLength(301);
  });

  it('that the producer cannot fill raises one alarm once it lasts, which names no number', async () => {
    await lose(() => scene.tell('gateway'));
    await scene.asAdministrator('gateway', 'DELETE FROM outbox');
    await scene.tell('gateway');
    await scene.settle();
    await fillGaps(scene.ports({ gapPatienceMs: 3_600_000 }));
    expect(await scene.alarms()).toEqual([]);
    await fillGaps(scene.ports({ gapPatienceMs: 0 }));
    await fillGaps(scene.ports({ gapPatienceMs: 0 }));
    expect(await scene.alarms()).toEqual([
      {
        rule: 'ledger-gap',
        severity: 'critical',
        evidence: { producer: 'gateway', since: expect.any(String) },
      },
    ]);
    expect(await scene.ports().compared.gaps()).toMatchObject([{ producer: 'gateway', from: 1, to: 1 }]);
  });

  it('of a producer that does not answer keeps no other from being filled', async () => {
    await lose(async () => {
      await scene.tell('commercial-scoring');
      await scene.tell('technical-scoring');
    });
    await scene.tell('commercial-scoring');
    await scene.tell('technical-scoring');
    await scene.settle();
    const { requests, ...ports } = scene.ports({ gapPatienceMs: 3_600_000 });
    const ask: typeof requests.ask = (contract, body) =>
      contract.service === 'commercial-scoring'
        ? Promise.reject(new Error('cut off'))
        : requests.ask(contract, body);
    await fillGaps({ ...ports, requests: { ask } });
    await scene.settle();
    const names = await entered();
    expect(names).toContain('technical-scoring 2');
    expect(names).not.toContain('commercial-scoring 1');
  });
});
