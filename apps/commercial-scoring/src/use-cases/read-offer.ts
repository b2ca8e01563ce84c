import { fromUtf8, isAmount, isDomainError } from '#kernel';
import { type DataOf, type envelopesOpened, offer, OFFER_BYTES_MAX } from '#contracts';
import type { BidBill, Correct } from '#evaluation';
import type { ObjectStore } from '#storage';
import type { Boq } from '../boq/boq-line.js';
import { billOf } from '../boq/bill-of.js';
import { checkBoq } from '../boq/check-boq.js';
import { readBoq } from '../boq/read-boq.js';
import { alignPrices } from '../boq/align-prices.js';
import type { Prices } from '../boq/price-bytes.js';
import type { BoqReport, Offer } from '../domain/commercial-evaluation.js';
import type { BillRow } from './bills.port.js';

type Item = DataOf<typeof envelopesOpened>['items'][number];

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
export async function readOffer(
  store: ObjectStore,
  { buyer, correct }: BuyersBill,
  item: Item,
): Promise<ReadOffer> {
  const { alias } = item;
  const { price, stated } = await readStated(store, item);
  const partKey = item.parts.find(({ name }) => name === BOQ_PART)?.key ?? null;
  const { boq, prices, bill } = await readBill(store, { buyer, correct }, partKey, price);
  return {
    offer: { alias, price, boq, ...(stated ? { stated } : {}), ...(bill ? { bill } : {}) },
    bill: { alias, partKey, prices },
  };
}

/** What a priced bill is held against. */
export interface BuyersBill {
  readonly buyer: Boq;
  /** Of the method; undefined where it corrects nothing. */
  readonly correct: Correct | undefined;
}

/** Text that is no amount where there is no readable offer: the method's admission rule voids it and says why. */
async function readStated(
  store: ObjectStore,
  { parts }: Item,
): Promise<{ readonly price: string; readonly stated?: NonNullable<Offer['stated']> }> {
  const part = parts.find(({ name }) => name === OFFER_PART);
  if (!part || part.size > OFFER_BYTES_MAX) return NO_OFFER;
  try {
    const parsed = offer.safeParse(JSON.parse(fromUtf8(await store.read(part.key))));
    if (!parsed.success) return NO_OFFER;
    const { price, figures, series, labels } = parsed.data;
    if (!figures && !series && !labels) return { price };
    return {
      price,
      stated: {
        ...(figures ? { figures } : {}),
        ...(series ? { series } : {}),
        ...(labels ? { labels } : {}),
      },
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return NO_OFFER;
    throw error;
  }
}

const NO_OFFER = { price: 'no offer' } as const;

interface ReadBill {
  readonly boq: BoqReport;
  readonly prices: Prices | null;
  readonly bill: BidBill | null;
}

async function readBill(
  store: ObjectStore,
  { buyer, correct }: BuyersBill,
  partKey: string | null,
  price: string,
): Promise<ReadBill> {
  const missing = { corrected: null, reason: 'items-invalid' } as const;
  const bill = correct && correct.governs !== 'none' ? missing : null;
  if (partKey === null)
    return { ...unreadable('workbook.missing', 'The envelope has no bill of quantities.', {}), bill };
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
      bill: bill && billOf(bidder, findings, correct!),
    };
  } catch (error) {
    if (isDomainError(error) && error.code.startsWith('workbook.'))
      return { ...unreadable(error.code, error.message, error.details), bill };
    throw error;
  }
}

function unreadable(
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>>,
): Omit<ReadBill, 'bill'> {
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
