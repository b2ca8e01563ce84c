import { writeFile } from 'node:fs/promises';
import { fromBase64 } from '#kernel';
import { getReceipt } from '#contracts';
import { readOwnBid } from '../../client/own-bid.js';
import { whenPossible } from '../../client/when-possible.js';
import { verifyReceiptFile } from '../../receipt/verify-receipt-file.js';
import { out } from '../command.js';
import { connect, required } from '../connection.js';
import { type BidValues, single } from './bid-values.js';

/** Fetches the receipt of an act, the last one by default, and keeps it only if it holds. */
export async function fetchReceipt(values: BidValues): Promise<number> {
  const given = single(values);
  const tenderId = required(given, 'tender');
  const api = await connect(given);
  const seq = given['version'] ?? String((await readOwnBid(api, tenderId)).acts.at(-1)?.seq ?? 1);
  const { fileName, file } = await whenPossible('the entry in a checkpoint', 'entry.unknown', () =>
    api.call(getReceipt, { tenderId, seq: Number(seq) }),
  );
  const bytes = fromBase64(file);
  await verifyReceiptFile(bytes, {});
  const path = given['out'] ?? fileName;
  await writeFile(path, bytes, { flag: 'wx' });
  out(`the receipt of version ${seq} is ${path}; sunseal receipt verify checks it without the platform`);
  return 0;
}
