import { fromUtf8, isAmount, isDomainError } from '#kernel';
import { type DataOf, type envelopesOpened, offer } from '#contracts';
import type { ObjectStore } from '#storage';
import type { Boq } from '../boq/boq-line.js';
import { checkBoq } from '../boq/check-boq.js';
import { readBoq } from '../boq/read-boq.js';
import { alignPrices } from '../boq/align-prices.js';
import type { Prices } from '../boq/price-bytes.js';
import type { BoqReport, Offer } from '../domain/commercial-evaluation.js';
import type { BillRow } from './bills.port.js';

type Item = DataOf<typeof envelopesOpened>['items'][number];

const OFFER_BYTES_MAX = 16 * 1024;

/** Names of the two parts that a commercial envelope has. */
const OFFER_PART = 'offer.json';
const BOQ_PART = 'boq.xlsx';

/** Findings that an evaluation tells; all of them are in the report of the bill. */
const FINDINGS_MAX = 200;

export interface ReadOffer {
  readonly offer: Offer;
  readonly bill: BillRow;
}

/** Reads an opened commercial envelope. Whatever is wrong in it is the bidder's, and a finding, not an error. */
export async function readOffer(store: ObjectStore, buyer: Boq, item: Item): Promise<ReadOffer> {
  const { alias } = item;
  const price = await readPrice(store, item);
  const partKey = item.parts.find(({ name }) => name === BOQ_PART)?.key ?? null;
  const { boq, prices } = await readBill(store, buyer, partKey, price);
  return { offer: { alias, price, boq }, bill: { alias, partKey, prices } };
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

interface ReadBill {
  readonly boq: BoqReport;
  readonly prices: Prices | null;
}

async function readBill(
  store: ObjectStore,
  buyer: Boq,
  partKey: string | null,
  price: string,
): Promise<ReadBill> {
  if (partKey === null) return unreadable('workbook.missing', 'The envelope has no bill of quantities.', {});
  try {
    const bidder = await readBoq(await store.read(partKey));
    const offeredPrice = isAmount(price) ? price : '0';
    const { isConsistent, findings } = checkBoq({ buyer, bidder, offeredPrice });
    // Errors first: the list may be cut.
    const told = findings.toSorted((a, b) =>
      a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1,
    );
    return {
      boq: { isConsistent, findings: told.slice(0, FINDINGS_MAX) },
      prices: alignPrices(buyer, bidder),
    };
  } catch (error) {
    if (isDomainError(error) && error.code.startsWith('workbook.'))
      return unreadable(error.code, error.message, error.details);
    throw error;
  }
}

function unreadable(code: string, message: string, details: Readonly<Record<string, unknown>>): ReadBill {
  const [sheet, cell] = [details['sheet'], details['cell']].map((one) =>
    typeof one === 'string' ? one : null,
  );
  const finding = {
    code,
    row: null,
    item: null,
    message,
    severity: 'error',
    sheet: sheet!,
    cell: cell!,
  } as const;
  return { boq: { isConsistent: false, findings: [finding] }, prices: null };
}
