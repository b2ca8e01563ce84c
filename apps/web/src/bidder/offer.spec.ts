import { describe, expect, it } from '@jest/globals';
import { offer } from '#contracts';
import { findOfferFault, offerFile } from './offer.js';

describe('a price that a bidder types', () => {
  it.each([
    ['100', undefined],
    ['100.00', undefined],
    ['99.99', undefined],
    ['100.01', 'price-above-ceiling'],
    ['0', 'price-zero'],
    ['0.00', 'price-zero'],
    ['-1', 'price-malformed'],
    ['1e3', 'price-malformed'],
    ['1,000', 'price-malformed'],
    ['１００', 'price-malformed'],
    ['1.234', 'price-malformed'],
    ['', 'price-malformed'],
  ])('%s below a ceiling of 100: %s', (price, fault) => {
    expect(findOfferFault(price, '100')).toBe(fault);
  });

  it('goes into the offer as the contract has it', async () => {
    const file = offerFile('999999999999999.99');
    expect(offer.parse(JSON.parse(await file.text()))).toMatchObject({ price: '999999999999999.99' });
  });
});
