import { describe, expect, it } from '@jest/globals';
import type { Stage } from '#contracts';
import { evaluationDocument, explain, lowPriceRatio } from '#evaluation';
import type { CommercialEvaluation } from './commercial-evaluation.js';
import { explainOffer, requireExplained } from './explain-offer.js';

const scores = { solution: '40', performance: '15', service: '20' };
const aliases = ['AB12', 'CD34', 'EF56', 'GH78'];
const sheets = aliases.flatMap((bid) => ['e1', 'e2'].map((expert) => ({ expert, bid, scores })));
const locked: CommercialEvaluation = {
  tenderId: '0198a000-0000-7000-8000-000000000001',
  method: lowPriceRatio,
  ceilingPrice: '1200',
  boqSha256: '',
  technical: aliases.map((alias) => ({ alias, score: '75', isPassed: alias !== 'GH78' })),
  sheets,
  offers: null,
  partsTaken: [],
  document: null,
  evaluatedAt: null,
};
const document = evaluationDocument({
  method: lowPriceRatio,
  bids: ['800', '900', '1000'].map((price, at) => ({ id: aliases[at]!, price })),
  panel: sheets.filter(({ bid }) => bid !== 'GH78'),
});
const evaluated: CommercialEvaluation = { ...locked, document };

describe('an explanation', () => {
  it('is the technical score alone before the evaluation', () => {
    expect(explainOffer(locked, 'AB12', 'en')).toEqual({
      hash: null,
      rank: null,
      total: null,
      sentences: ['AB12 technical score = (75+75)÷2 = 75.00', 'AB12 passes the technical evaluation'],
    });
  });

  it('has the sentences of the trace after it, with rank, total and the hash that covers them', () => {
    for (const [language, name] of [
      ['zh', 'zh-CN'],
      ['en', 'en'],
    ] as const) {
      const { hash, rank, total, sentences } = explainOffer(evaluated, 'CD34', language);
      expect({ hash, rank }).toEqual({ hash: document.result.hash, rank: 2 });
      expect(total).toEqual(document.result.bids[1]!.total);
      expect(sentences).toEqual(explain(document.result, 'CD34', name));
    }
  });

  it('tells who did not pass why, also after the evaluation of others', () => {
    const { sentences, rank } = explainOffer(evaluated, 'GH78', 'zh');
    expect(rank).toBeNull();
    expect(sentences.at(-1)).toBe('GH78 未通过技术评审，商务信封不予开启');
  });

  it('names no expert', () => {
    for (const alias of aliases)
      expect(explainOffer(evaluated, alias, 'en').sentences.join()).not.toMatch(/\be[12]\b/);
  });

  it('is refused for a bid that was not scored', () => {
    expect(() => explainOffer(locked, 'ZZ99', 'en')).toThrow(
      expect.objectContaining({ code: 'bid.unknown' }),
    );
  });
});

describe('who may read an explanation', () => {
  const nobody = { isOwner: false, isOverseer: false };
  const refusal = (stage: Stage, who: Partial<typeof nobody>, evaluation = locked): string | null => {
    try {
      requireExplained(evaluation, { stage, ...nobody, ...who });
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('is nobody before scores are locked', () => {
    const open = { ...locked, technical: null };
    for (const who of [{}, { isOwner: true }, { isOverseer: true }])
      expect(refusal('technical-opened', who, open)).toBe('scoring.not-locked');
  });

  it('is the bidder itself, the buyer and supervision from then on', () => {
    for (const stage of ['scores-locked', 'ranked', 'standstill', 'suspended'] as const) {
      expect(refusal(stage, { isOwner: true })).toBeNull();
      expect(refusal(stage, { isOverseer: true })).toBeNull();
      expect(refusal(stage, {})).toBe('tender.wrong-stage');
    }
  });

  it('is everyone once the tender is awarded or has ended', () => {
    for (const stage of ['awarded', 'failed', 'cancelled'] as const) expect(refusal(stage, {})).toBeNull();
  });
});
