import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '#kernel';
import {
  createAccount,
  createTender,
  getBoqReport,
  listAccounts,
  listTemplates,
  listTenders,
  resumeOpening,
  resumeTender,
  suspendTender,
} from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { TENDER } from '../../apps/cli/src/demo/story.js';
import { type OpenTender, openTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const PATIENCE_MS = 60_000;
const [CITY, COUNTY, TOWNSHIP, NEXT_COUNTY, OTHER_CITY] = [
  '630100',
  '630121',
  '630121100',
  '630123',
  '630200',
];
const NO_DOCUMENT = { name: 'bill.xlsx', mediaType: 'a/b', sha256: '0'.repeat(64), size: 1 };

describe('people of one region', () => {
  let platform: TestPlatform;
  let tender: OpenTender;
  let chief: ApiClient;
  const signedIn = async (login: string, password: string): Promise<ApiClient> => {
    const api = new ApiClient({ address: platform.current().address, patienceMs: PATIENCE_MS });
    await api.signIn(login, password);
    return api;
  };
  const grantedUntil = addDays(new Date().toISOString(), 90);
  const password = 'a long password';
  const staff = async (role: 'buyer' | 'supervisor', regionCode: string): Promise<ApiClient> => {
    const login = `${role}-of-${regionCode}`;
    const account = { login, password, name: login, roles: [role], grantedUntil, regionCode };
    await chief.call(createAccount, account);
    return signedIn(login, password);
  };

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { administrator } = platform.current();
    chief = await signedIn(administrator.login, administrator.password);
    tender = await openTender(platform, PATIENCE_MS);
  });
  afterAll(() => platform?.close());

  it('draft tenders there and below, and nowhere else', async () => {
    const buyer = await staff('buyer', COUNTY!);
    const [template] = (await buyer.call(listTemplates, {})).items;
    const draftIn = (regionCode: string): Promise<unknown> =>
      buyer.call(createTender, {
        ...TENDER,
        regionCode,
        templateId: template!.templateId,
        currency: 'CNY',
        boq: NO_DOCUMENT,
        documents: [],
        method: template!.method,
        deadlineAt: grantedUntil,
        trusteeIds: tender.cast.trustees.map(({ personId }) => personId),
        expertIds: tender.cast.experts.map(({ personId }) => personId),
      });
    for (const regionCode of [CITY!, NEXT_COUNTY!]) {
      await expect(draftIn(regionCode)).rejects.toMatchObject({ code: 'region.out-of-scope' });
    }
    await expect(draftIn(OTHER_CITY!)).rejects.toMatchObject({ code: 'region.not-served' });
    // The region is no hindrance; what comes next is that nobody sent the bill.
    for (const regionCode of [COUNTY!, TOWNSHIP!]) {
      await expect(draftIn(regionCode)).rejects.toMatchObject({ code: 'document.unknown' });
    }
  });

  it('supervise tenders there and below, and nowhere else', async () => {
    const { tenderId } = tender;
    const reason = 'a complaint came in';
    const ofCounty = await staff('supervisor', COUNTY!);
    for (const act of [suspendTender, resumeTender]) {
      await expect(ofCounty.call(act, { tenderId, reason })).rejects.toMatchObject({
        code: 'region.out-of-scope',
      });
    }
    const opening = { tenderId, envelopeId: 'technical' as const };
    await expect(ofCounty.call(resumeOpening, opening)).rejects.toMatchObject({
      code: 'region.out-of-scope',
    });
    const report = { tenderId, alias: 'AB12' };
    await expect(ofCounty.call(getBoqReport, report)).rejects.toMatchObject({ code: 'tender.unknown' });
    const ofCity = await staff('supervisor', CITY!);
    await expect(ofCity.call(resumeOpening, opening)).rejects.not.toMatchObject({
      code: 'region.out-of-scope',
    });
    await expect(ofCity.call(getBoqReport, report)).rejects.toMatchObject({ code: 'evaluation.not-yet' });
    expect(await ofCity.call(suspendTender, { tenderId, reason })).toMatchObject({ stage: 'suspended' });
    expect(await ofCity.call(resumeTender, { tenderId, reason })).toMatchObject({ stage: 'published' });
  });

  it('hold their role in a region that the centre serves, which the administrator sees', async () => {
    const account = { login: 'someone', password, name: 'x', roles: ['supervisor' as const], grantedUntil };
    await expect(chief.call(createAccount, { ...account, regionCode: OTHER_CITY! })).rejects.toMatchObject({
      code: 'region.not-served',
    });
    const { items } = await chief.call(listAccounts, { role: 'supervisor' });
    const regions = items.map(({ grants }) => grants[0]!.regionCode ?? null);
    expect(regions.sort()).toEqual([CITY, COUNTY, null].sort());
  });

  it('are found by region, and a code does not take in those that only begin alike', async () => {
    const anybody = new ApiClient({ address: platform.current().address, patienceMs: PATIENCE_MS });
    const found = async (regionCode: string): Promise<number> =>
      (await anybody.call(listTenders, { regionCode })).items.length;
    expect(await Promise.all([CITY!, '630000', COUNTY!, '630110'].map(found))).toEqual([1, 1, 0, 0]);
  });
});
