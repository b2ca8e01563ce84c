import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromHex } from '#kernel';
import type { Actor } from '#contracts';
import type { Method } from '#evaluation';
import { EvaluationStage, type StagedTender } from '../../test-support/evaluation-stage.js';
import {
  askBidder,
  decideOnPrice,
  prolongExplanations,
  readAbnormalPrices,
  takeExplanation,
} from './clarify-prices.js';
import { readEvaluation } from './evaluate-offers.js';

/** Nearest to the mean is first; a price more than 30 % below the others' mean is asked about. */
const method: Method = {
  v: 1,
  id: 'mean',
  title: { zh: '平均价', en: 'Mean' },
  admit: {},
  bench: { of: { rule: 'mean' } },
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price'], ties: 'exact' },
  flags: [
    {
      id: 'low',
      title: { zh: '异常低价', en: 'Abnormally low' },
      measure: { rule: 'below-mean-of-others', of: 'offered' },
      is: 'gt',
      limit: { rule: 'declared', value: '30' },
      asks: true,
    },
  ],
};
const BIDS = [
  { alias: 'AA00', price: '50' },
  { alias: 'BB00', price: '100' },
  { alias: 'CC00', price: '110' },
];
const question = 'How is this price made up?';

describe('an abnormally low price', () => {
  let stage: EvaluationStage;
  beforeAll(async () => {
    stage = await EvaluationStage.start();
  });
  afterAll(() => stage?.close());

  const begin = (): Promise<StagedTender> => stage.tender(method, BIDS);
  const ref = ({ tenderId }: StagedTender, alias = 'AA00') => ({ tenderId, alias });
  const ask = (tender: StagedTender, by: Actor = tender.buyer, alias?: string) =>
    askBidder(stage.ports(), { ...ref(tender, alias), question, hours: 24 }, stage.call(by));
  const answer = (tender: StagedTender, by: string) =>
    takeExplanation(
      stage.ports(),
      { ...ref(tender), answer: 'A quarry of our own.' },
      stage.call(tender.bidders.get(by)!),
    );
  const decide = (tender: StagedTender, decision: 'accepted' | 'rejected') =>
    decideOnPrice(stage.ports(), { ...ref(tender), decision, reason: 'As heard.' }, stage.call(tender.buyer));
  const ranking = async ({ tenderId }: StagedTender) =>
    (await stage.told(tenderId, 'ranking-made')).flatMap(
      ({ ranking: list }) => list as { alias: string; rank: number | null }[],
    );
  const refused = (code: string) => expect.objectContaining({ code });

  it('stops the ranking until its bidder was heard and the buyer has decided', async () => {
    const tender = await begin();
    const [flagged] = await stage.told(tender.tenderId, 'prices-flagged');
    expect(flagged).toEqual({
      part: 1,
      parts: 1,
      prices: [{ alias: 'AA00', flags: [{ id: 'low', measure: '1100/21', limit: '30' }] }],
    });
    expect(await ranking(tender)).toEqual([]);
    await expect(readEvaluation(stage.ports(), { ...tender, page: 1 })).rejects.toEqual(
      refused('evaluation.not-yet'),
    );
    await expect(decide(tender, 'rejected')).rejects.toEqual(refused('price.not-heard'));
    await ask(tender);
    await expect(ask(tender)).rejects.toEqual(refused('price.already-asked'));
    await expect(decide(tender, 'rejected')).rejects.toEqual(refused('price.not-heard'));
    await answer(tender, 'AA00');
    await expect(answer(tender, 'AA00')).rejects.toEqual(refused('price.not-asked'));
    expect(await ranking(tender)).toEqual([]);
    const decided = await decide(tender, 'rejected');
    expect(decided).toMatchObject({ state: 'rejected', reason: 'As heard.' });
    await expect(decide(tender, 'accepted')).rejects.toEqual(refused('price.none-in-question'));
    expect((await ranking(tender)).map(({ alias, rank }) => [alias, rank])).toEqual([
      ['BB00', 1],
      ['CC00', 2],
      ['AA00', null],
    ]);
    const types = ['price-asked', 'price-explained', 'price-decided'];
    const told = await Promise.all(types.map((type) => stage.told(tender.tenderId, type)));
    expect(told.map((events) => events.length)).toEqual([1, 1, 1]);
    expect(JSON.stringify(told)).not.toContain('quarry');
  });

  it('is ranked when it is accepted, also without a question', async () => {
    const tender = await begin();
    await decide(tender, 'accepted');
    expect((await ranking(tender))[0]).toMatchObject({ alias: 'AA00', rank: 1 });
  });

  it('may be rejected without an answer once the time for one is over, and not be answered any more', async () => {
    const tender = await begin();
    await ask(tender);
    await stage.letHoursPass(24);
    await expect(answer(tender, 'AA00')).rejects.toEqual(refused('price.answer-late'));
    expect(await decide(tender, 'rejected')).toMatchObject({ state: 'rejected', answer: null });
  });

  it('has as much time left after a suspension as before it', async () => {
    const tender = await begin();
    const asked = await ask(tender);
    const { evaluations } = stage.ports();
    const suspendedAt = asked.question!.at;
    await evaluations.take(stage.event(tender.tenderId), async (tx) => {
      await tx.save({ ...(await tx.load(tender.tenderId)), suspendedAt });
    });
    await expect(answer(tender, 'AA00')).rejects.toEqual(refused('tender.suspended'));
    await stage.letHoursPass(30);
    const resumedAt = await evaluations.transact(stage.call(tender.buyer), (tx) => tx.clock());
    const resumed = { resumedAt, isGoingOn: true } as never;
    await prolongExplanations(stage.ports(), resumed, stage.event(tender.tenderId));
    expect(await stage.told(tender.tenderId, 'explanation-prolonged')).toHaveLength(1);
    expect(await answer(tender, 'AA00')).toMatchObject({ state: 'answered' });
  });

  it('is asked about by its buyer and explained by its bidder alone', async () => {
    const tender = await begin();
    const other = await begin();
    await expect(ask(tender, other.buyer)).rejects.toEqual(refused('tender.unknown'));
    await expect(ask(tender, tender.buyer, 'BB00')).rejects.toEqual(refused('price.not-flagged'));
    await ask(tender);
    await expect(answer(tender, 'BB00')).rejects.toEqual(refused('bid.unknown'));
    await expect(ask(tender, tender.buyer, 'ZZ99')).rejects.toEqual(refused('bid.unknown'));
  });

  it('is shown with its texts to buyer, supervisor and its own bidder, and proven by the hash in the ledger', async () => {
    const tender = await begin();
    await ask(tender);
    const seenBy = async (actor: Actor): Promise<string[]> => {
      const { items } = await readAbnormalPrices(stage.ports(), tender, stage.call(actor));
      return items.map(({ alias }) => alias);
    };
    expect(await seenBy(tender.buyer)).toEqual(['AA00']);
    expect(await seenBy(tender.supervisor)).toEqual(['AA00']);
    expect(await seenBy(tender.bidders.get('AA00')!)).toEqual(['AA00']);
    expect(await seenBy(tender.bidders.get('BB00')!)).toEqual([]);
    await expect(seenBy((await begin()).buyer)).rejects.toEqual(refused('tender.unknown'));
    const { items } = await readAbnormalPrices(stage.ports(), tender, stage.call(tender.buyer));
    const { salt, text, sha256 } = items[0]!.question!;
    const made = createHash('sha256').update(fromHex(salt)).update(text).digest('hex');
    expect([made, sha256]).toEqual([
      sha256,
      (await stage.told(tender.tenderId, 'price-asked'))[0]!['questionSha256'],
    ]);
  });
});
