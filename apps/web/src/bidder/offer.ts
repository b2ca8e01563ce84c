/** As the offer’s schema in `#contracts`: up to fifteen digits and two decimals, no sign, no spaces. */
const PRICE = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/;

export type OfferFault = 'price-malformed' | 'price-zero' | 'price-above-ceiling';

const cents = (amount: string): bigint => {
  const [whole, fraction = ''] = amount.split('.');
  return BigInt(whole!) * 100n + BigInt(fraction.padEnd(2, '0'));
};

/** What is wrong with a price, before anything is sealed; undefined where nothing is. Exact, in minor units. */
export function findOfferFault(price: string, ceilingPrice: string): OfferFault | undefined {
  if (!PRICE.test(price)) return 'price-malformed';
  if (cents(price) === 0n) return 'price-zero';
  return cents(price) > cents(ceilingPrice) ? 'price-above-ceiling' : undefined;
}

/** `offer.json` of the commercial envelope: the price that counts. */
export function offerFile(price: string): File {
  return new File([JSON.stringify({ currency: 'CNY', price, v: 1 })], 'offer.json', {
    type: 'application/json',
  });
}
