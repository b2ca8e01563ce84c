import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkMethod, METHOD_TRIAL_LIMITS, previewMethod, type RequestOf, simulateMethod } from '#contracts';
import { lowPriceRatio, reasonableLowPrice } from '#evaluation';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { gatherCast } from '../../apps/cli/src/demo/cast.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const { simulateBidsMax, trialsMax } = METHOD_TRIAL_LIMITS;
const document = (method: unknown) => method as Record<string, unknown>;
const samples = (count: number): RequestOf<typeof previewMethod>['bids'] =>
  Array.from({ length: count }, (_, at) => ({
    id: `S${at + 1}`,
    price: String(1_000_000 + 7_919 * at),
    technical: String(70 + at),
  }));

describe('a method before publication, over HTTP', () => {
  let platform: TestPlatform;
  let buyer: ApiClient;
  /** Of the same person, and told every refusal at once. */
  let impatient: ApiClient;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const cast = await gatherCast(
      { address, administrator, now: new Date().toISOString(), patienceMs: 10_000 },
      '-meth',
    );
    buyer = cast.buyer.api;
    impatient = new ApiClient({ address, patienceMs: 0 });
    const { login, password } = cast.buyer.account;
    await impatient.signIn(login, password);
  }, 120_000);

  afterAll(() => platform?.close());

  it('is judged in words of both languages', async () => {
    expect(await buyer.call(checkMethod, { method: document(lowPriceRatio) })).toMatchObject({
      isSound: true,
    });
    const { isSound, findings } = await buyer.call(checkMethod, { method: { ...lowPriceRatio, score: {} } });
    expect(isSound).toBe(false);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      code: 'form.not-one-of',
      path: 'score.rule',
      message: { zh: expect.stringContaining('价格评分'), en: expect.stringContaining('Price score') },
    });
  });

  it('ranks sample prices under the ceiling, with an explanation of each', async () => {
    const request = { method: document(lowPriceRatio), ceilingPrice: '1020000', bids: samples(4) };
    const { outcome, benchmark, bids, steps } = await buyer.call(previewMethod, request);
    expect({ outcome, benchmark: benchmark?.exact }).toEqual({ outcome: 'ranked', benchmark: '1000000' });
    expect(bids.at(-1)).toMatchObject({ id: 'S4', rank: null, reasons: ['above-ceiling'] });
    expect(bids[0]!.steps.at(-1)!.en).toMatch(/ranks 1$/);
    expect(steps.length).toBeGreaterThan(0);
  });

  it('shows who would win by bidding several times', async () => {
    const method = document(reasonableLowPrice);
    const { tried, moves } = await buyer.call(simulateMethod, {
      method,
      bids: samples(4),
      draws: { numbers: { K: '0.97', reduction: '0.02' } },
    });
    expect(tried).toBeGreaterThan(0);
    for (const { sentence } of moves) expect(sentence.en).toMatch(/becomes first by/);
  });

  it('refuses an unsound method, and says why, as saving it would', async () => {
    const call = buyer.call(previewMethod, { method: {}, bids: samples(1) });
    await expect(call).rejects.toMatchObject({ code: 'method.invalid' });
  });

  it('tries so many methods at once and no more, and tries again afterwards', async () => {
    const labour = { method: document(lowPriceRatio), bids: samples(simulateBidsMax) };
    const calls = Array.from({ length: trialsMax * 4 }, () =>
      impatient.call(simulateMethod, labour).then(
        () => 'answered',
        ({ code }: { code: string }) => code,
      ),
    );
    const ends = await Promise.all(calls);
    expect(ends).toContain('method.trials-too-many');
    expect(ends.filter((end) => end !== 'method.trials-too-many').length).toBeGreaterThanOrEqual(trialsMax);
    const { outcome } = await buyer.call(previewMethod, {
      method: document(lowPriceRatio),
      bids: samples(4),
    });
    expect(outcome).toBe('ranked');
  });
});
