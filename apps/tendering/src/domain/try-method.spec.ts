import { describe, expect, it } from '@jest/globals';
import { comprehensiveTrimmedMean, evaluate, lowPriceRatio, withCeiling } from '#evaluation';
import { previewTrial, simulateTrial } from './try-method.js';

const document = (method: unknown) => method as Record<string, unknown>;
const bids = ['800', '900', '1000', '1250'].map((price, at) => ({
  id: `S${at + 1}`,
  price,
  technical: '80',
}));

describe('a method that is tried', () => {
  it('ranks sample bids as the evaluation would rank them, under the ceiling of the tender', () => {
    const request = { method: document(lowPriceRatio), ceilingPrice: '1200', bids };
    const { bids: ranked } = previewTrial(request);
    const expected = evaluate({ method: withCeiling(lowPriceRatio, '1200'), bids });
    expect(ranked.map(({ id, rank, total }) => [id, rank, total])).toEqual(
      expected.bids.map(({ id, rank, total }) => [id, rank, total]),
    );
    expect(ranked.at(-1)).toMatchObject({ id: 'S4', rank: null, reasons: ['above-ceiling'] });
  });

  it('explains what concerned all once, and what concerned each bid with it', () => {
    const request = { method: document(lowPriceRatio), bids };
    expect(previewTrial(request)).toMatchObject({
      steps: expect.arrayContaining([
        { zh: expect.any(String), en: 'Benchmark = min(800, 900, 1000, 1250) = 800' },
      ]),
      bids: expect.arrayContaining([
        expect.objectContaining({
          id: 'S1',
          steps: expect.arrayContaining([{ zh: expect.any(String), en: 'S1 ranks 1' }]),
        }),
      ]),
    });
  });

  it('names who becomes first by bidding beside itself, in a sentence of both languages', () => {
    const method = document({ ...comprehensiveTrimmedMean, admit: {} });
    const request = {
      method,
      bids: bids.slice(0, 3).map((bid, at) => ({ ...bid, price: ['900', '990', '1200'][at]! })),
    };
    const { moves, tried } = simulateTrial(request);
    expect(tried).toBeGreaterThanOrEqual(moves.length);
    expect(moves.length).toBeGreaterThan(0);
    for (const { sentence, bidder, covers, percent } of moves) {
      const word = covers === 1 ? 'bid' : 'bids';
      expect(sentence.en).toContain(`${bidder} (rank `);
      expect(sentence.en).toContain(`becomes first by ${covers} cover ${word} at ${percent} %`);
      expect(sentence.zh).toContain(`${percent}% 陪投 ${covers} 份`);
    }
  });

  it.each([
    ['an unsound method', { method: {}, bids }, 'method.invalid'],
    [
      'two bids of one id',
      { method: document(lowPriceRatio), bids: [bids[0]!, bids[0]!] },
      'evaluation.input-invalid',
    ],
  ])('refuses %s', (_what, request, code) => {
    expect(() => previewTrial(request)).toThrow(expect.objectContaining({ code }));
  });
});
