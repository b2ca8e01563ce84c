import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenEntry } from '#ledger';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { logSource } from '../../apps/cli/src/ledger/log-source.js';
import { verifyLower } from '../../apps/cli/src/ledger/verify-lower.js';
import { CentreLevel } from '../support/faults/centre-level.js';

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 250;
/** Six times as fast as the defaults; the alarm of a silent centre is due by the sum of both. */
const PACE = { heartbeatMs: 1_700, lowerEveryMs: 800, lowerSilentAfterMs: 7_500 };

/** City, county and township, each with a ledger of its own; the lower ones are in the hands of their operators. */
describe('a centre above', () => {
  let city: CentreLevel;
  let county: CentreLevel;
  let township: CentreLevel;
  const levels: CentreLevel[] = [];
  const figures: string[] = [];

  beforeAll(async () => {
    const start = async (regionCode: string, lower: readonly CentreLevel[]): Promise<CentreLevel> => {
      const level = await CentreLevel.start({ regionCode, lower, audit: PACE });
      levels.push(level);
      return level;
    };
    township = await start('630121100', []);
    county = await start('630121', [township]);
    city = await start('630100', [county]);
  });
  afterAll(async () => {
    process.stdout.write(`${figures.join('\n')}\n`);
    await Promise.all(levels.map((level) => level.close()));
  });

  /** Waits until a centre's ledger, verified at each look, holds such an entry. */
  const holds = (
    above: CentreLevel,
    type: string,
    isIt: (data: OpenEntry['data']) => boolean,
  ): Promise<unknown> =>
    waitUntil(`${type} in the ledger of ${above.regionCode}`, PATIENCE_MS, async () => {
      await sleep(LOOK_EVERY_MS);
      // Before its first checkpoint a ledger cannot be read.
      const entries = await above.entries(type).catch(() => []);
      return entries.some(({ data }) => isIt(data)) || undefined;
    });

  const entered = (above: CentreLevel, sizeMin: number): Promise<unknown> =>
    holds(above, 'audit.lower-checkpoint', ({ size }) => Number(size) >= sizeMin);

  async function alarmed(above: CentreLevel, fault: string, of: CentreLevel, sinceMs: number): Promise<void> {
    await holds(above, 'audit.alarm-raised', ({ rule, evidence }) => {
      const { regionCode } = evidence as { readonly regionCode: string };
      return rule === fault && regionCode === of.regionCode;
    });
    figures.push(`${of.regionCode} ${fault}: entered above after ${Date.now() - sinceMs} ms`);
  }

  it('holds the checkpoints of the one below, and through it those of the one below that', async () => {
    township.act(300);
    await entered(county, 300);
    await entered(city, 1);
    for (const [above, below] of [
      [county, township],
      [city, county],
    ] as const) {
      const { log } = await above.verified();
      const { checkpoints, origin } = await verifyLower(log.entries, { source: logSource(below.url) });
      expect([origin, checkpoints > 0]).toEqual([below.origin, true]);
    }
    expect(await city.entries('audit.alarm-raised')).toEqual([]);
  });

  it('hears of a ledger that its operator set back, and of one that then went another way', async () => {
    const setBack = await township.save();
    township.act(20);
    await entered(county, 320);
    await township.kill();
    await setBack();
    const rewoundAtMs = Date.now();
    await township.up();
    await alarmed(county, 'lower-centre-rewound', township, rewoundAtMs);

    const forkedAtMs = Date.now();
    township.act(40);
    await alarmed(county, 'lower-centre-forked', township, forkedAtMs);
    const { log } = await county.verified();
    await expect(verifyLower(log.entries, { source: logSource(township.url) })).rejects.toMatchObject({
      code: 'ledger.forked',
    });
  });

  it('hears of a centre that is silenced, in the time that is set and a look', async () => {
    const silencedAtMs = Date.now();
    await county.kill();
    await alarmed(city, 'lower-centre-silent', county, silencedAtMs);
    figures.push(
      `  by the settings due within ${PACE.lowerSilentAfterMs + PACE.lowerEveryMs} ms and its entry`,
    );
    await county.up();
    await holds(city, 'audit.lower-centre-sound', ({ fault }) => fault === 'lower-centre-silent');
  });
});
