import { fromUtf8, isAmount, isDomainError } from '#kernel';
import { type DataOf, type envelopesOpened, offer } from '#contracts';
import type { ObjectStore } from '#storage';
import type { Boq } from '../boq/boq-line.js';
import { checkBoq } from '../boq/check-boq.js';
import { readBoq } from '../boq/read-boq.js';
import type { BoqReport, Offer } from '../domain/commercial-evaluation.js';

type Item = DataOf<typeof envelopesOpened>['items'][number];

const OFFER_BYTES_MAX = 16 * 1024;

/** Names of the two parts that a commercial envelope has. */
const OFFER_PART = 'offer.json';
const BOQ_PART = 'boq.xlsx';

/** Reads an opened commercial envelope. Whatever is wrong in it is the bidder's, and a finding, not an error. */
export async function readOffer(store: ObjectStore, buyer: Boq, item: Item): Promise<Offer> {
  const price = await readPrice(store, item);
  return { alias: item.alias, price, boq: await readBoqReport(store, buyer, item, price) };
}

/** Text that is no amount where there is no readable offer: the method's admission rule voids it and says why. */
async function readPrice(store: ObjectStore, { parts }: Item): Promise<string> {
  const part = parts.find(({ name }) => name === OFFER_PART);
  if (!part || part.size > OFFER_BYTES_MAX) return 'no offer';
  try {
    const parsed = offer.safeParse(JSON.parse(fromUtf8(await store.read(part.key))));
    return parsed.success ? parsed.data.price : 'no offer';
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return 'no offer';
    throw error;
  }
}

async function readBoqReport(
  store: ObjectStore,
  buyer: Boq,
  { parts }: Item,
  price: string,
): Promise<BoqReport> {
  const part = parts.find(({ name }) => name === BOQ_PART);
  if (!part) return unreadable('workbook.missing', 'The envelope has no bill of quantities.');
  try {
    const bidder = await readBoq(await store.read(part.key));
    const offeredPrice = isAmount(price) ? price : '0';
    const { isConsistent, findings } = checkBoq({ buyer, bidder, offeredPrice });
    return {
      isConsistent,
      findings: findings.map(({ code, row, item, message }) => ({ code, row, item, message })),
    };
  } catch (error) {
    if (isDomainError(error)) return unreadable(error.code, error.message);
    throw error;
  }
}

const unreadable = (code: string, message: string): BoqReport => ({
  isConsistent: false,
  findings: [{ code, row: null, item: null, message }],
});
