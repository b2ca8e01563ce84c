import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  answerQuestion,
  askQuestion,
  awardTender,
  cancelTender,
  createAccount,
  declareConflicts,
  getOpeningWork,
  getOrganisation,
  getScoringWork,
  getTender,
  joinTender,
  publishTender,
  startStandstill,
  submitTrusteeStatement,
  updateDraft,
} from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { type Draft, makeDraft } from '../../apps/cli/src/demo/acts/preparation.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

describe('what is another’s, and what is not its time', () => {
  let platform: TestPlatform;
  let cast: Cast;
  let other: ApiClient;
  let tenderId: string;
  let draft: Draft;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const now = new Date().toISOString();
    cast = await gatherCast({ address, administrator, now, patienceMs: 10_000 }, '-othe');
    const admin = new ApiClient({ address });
    await admin.signIn(administrator.login, administrator.password);
    const account = {
      login: 'other-buyer',
      password: 'a long password',
      name: 'Other',
      roles: ['buyer' as const],
    };
    await admin.call(createAccount, { ...account, grantedUntil: '2099-01-01T00:00:00.000Z' });
    other = new ApiClient({ address });
    await other.signIn(account.login, account.password);
    ({ tenderId, draft } = await makeDraft(cast, new Transcript(1, () => undefined, false)));
  }, 120_000);

  afterAll(() => platform?.close());

  const unknown = expect.objectContaining({ code: 'tender.unknown' });

  it('a draft does not exist for another buyer, a bidder or the public', async () => {
    const stranger = new ApiClient({ address: platform.current().address });
    for (const api of [other, cast.bidders[0]!.api, stranger]) {
      await expect(api.call(getTender, { tenderId })).rejects.toEqual(unknown);
    }
    await expect(other.call(publishTender, { tenderId })).rejects.toEqual(unknown);
    await expect(other.call(cancelTender, { tenderId, reason: 'not mine' })).rejects.toEqual(unknown);
    await expect(other.call(updateDraft, { tenderId, ...draft, quorum: 2 })).rejects.toEqual(unknown);
    await expect(cast.bidders[0]!.api.call(askQuestion, { tenderId, question: 'What?' })).rejects.toEqual(
      unknown,
    );
    await expect(cast.bidders[0]!.api.call(joinTender, { tenderId })).rejects.toEqual(unknown);
    expect((await cast.buyer.api.call(getTender, { tenderId })).quorum).toBe(3);
  });

  it('an organisation does not exist for another organisation', async () => {
    const [first, second] = await platform.query<{ id: string }>(
      'SELECT organisation_id AS id FROM registration.organisation',
    );
    const { api } = cast.bidders[0]!;
    const seen = await Promise.allSettled(
      [first!, second!].map(({ id }) => api.call(getOrganisation, { organisationId: id })),
    );
    expect(seen.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    const refused = seen.find((one) => one.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'organisation.unknown' } });
  });

  it('a statement that is no signature of a trustee is refused', async () => {
    const statement = 'eyJhbGciOiJub25lIn0.e30.AA';
    await expect(
      cast.trustees[0]!.api.call(submitTrusteeStatement, { tenderId, statement }),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^signature\./),
    });
  });

  it('nothing is done before its stage, and the refusal names the stage', async () => {
    const { api } = cast.buyer;
    const wrongStage = expect.objectContaining({
      code: 'tender.wrong-stage',
      details: expect.objectContaining({ stage: 'draft' }),
    });
    await expect(api.call(startStandstill, { tenderId })).rejects.toEqual(wrongStage);
    await expect(api.call(awardTender, { tenderId })).rejects.toEqual(wrongStage);
    await expect(api.call(answerQuestion, { tenderId, questionId: tenderId, answer: 'no' })).rejects.toEqual(
      wrongStage,
    );
    await expect(api.call(publishTender, { tenderId })).rejects.toMatchObject({
      code: 'committee.incomplete',
    });
    await expect(
      cast.trustees[0]!.api.call(getOpeningWork, { tenderId, envelopeId: 'technical' }),
    ).rejects.toEqual(unknown);
    await expect(cast.experts[0]!.api.call(getScoringWork, { tenderId })).rejects.toEqual(unknown);
    await expect(
      cast.experts[0]!.api.call(declareConflicts, { tenderId, hasConflict: false }),
    ).rejects.toEqual(unknown);
    expect((await api.call(getTender, { tenderId })).stage).toBe('draft');
  });
});
