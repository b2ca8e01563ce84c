import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InProcessBus } from '#bus';
import { type Actor, getTender, type Reply, type Role } from '#contracts';
import { systemCall } from './call.js';
import { callInRegionOf, requireRegionOf } from './region-of-tender.js';
import { Requests } from './requests.js';

const TENDER = '0198a000-0000-7000-8000-000000000001';
const callOf = (roles: readonly Role[], ...regions: string[]) => {
  const actor: Actor = {
    personId: TENDER,
    roles: [...roles],
    organisationId: null,
    limits: regions.map((regionCode) => ({ role: 'supervisor', regionCode })),
  };
  return { ...systemCall('test'), actor };
};

describe('a call about a tender of 630121', () => {
  const bus = new InProcessBus();
  const requests = new Requests(bus);
  let asked = 0;

  beforeAll(async () => {
    await bus.serve(getTender.subject, 'tendering', async (): Promise<Reply> => {
      asked += 1;
      return { ok: true, body: { regionCode: '630121' } };
    });
  });
  afterAll(() => bus.close());

  it('is that of a supervisor whose grant reaches there, whoever else the person is', async () => {
    for (const region of ['630100', '630121']) {
      const call = callOf(['supervisor', 'buyer'], region);
      expect(await callInRegionOf(requests, call, TENDER)).toEqual(call);
      await requireRegionOf(requests, call, TENDER);
    }
  });

  it('is no supervisor’s where the grant is for elsewhere', async () => {
    const call = callOf(['supervisor', 'buyer'], '630123', '630121100');
    expect((await callInRegionOf(requests, call, TENDER)).actor!.roles).toEqual(['buyer']);
    await expect(requireRegionOf(requests, call, TENDER)).rejects.toMatchObject({
      code: 'region.out-of-scope',
    });
  });

  it('asks nobody where there is no limit, or no such role', async () => {
    const before = asked;
    for (const call of [callOf(['supervisor']), callOf(['bidder'], '630123'), systemCall('test')]) {
      expect(await callInRegionOf(requests, call, TENDER)).toBe(call);
    }
    expect(asked).toBe(before);
  });
});
