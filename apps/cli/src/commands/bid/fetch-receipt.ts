import { writeFile } from 'node:fs/promises';
import { fromBase64 } from '#kernel';
import { getReceipt } from '#contracts';
import { readOwnBid } from '../../client/own-bid.js';
import { whenPossible } from '../../client/when-possible.js';
import { verifyReceiptFile } from '#verify';
import { out } from '../command.js';
import { connect, required } from '../connection.js';
import { type BidValues, single } from './bid-values.js';

const TIMESTAMP_LINES = {
  stamped: 'it carries the time stamp of another authority',
  awaited: 'the time stamp of another authority is still awaited: fetch the receipt again later',
  none: 'there is no time stamp of another authority, and none is awaited',
} as const;

/** Fetches the receipt of an act, the last one by default, and keeps it only if it holds. */
export async function fetchReceipt(values: BidValues): Promise<number> {
  const given = single(values);
  const tenderId = required(given, 'tender');
  const api = await connect(given);
  const seq = given['version'] ?? String((await readOwnBid(api, tenderId)).acts.at(-1)?.seq ?? 1);
  const { fileName, file, timestamp, isComplete } = await whenPossible(
    'the entry in a checkpoint',
    'entry.unknown',
    () => api.call(getReceipt, { tenderId, seq: Number(seq) }),
  );
  const bytes = fromBase64(file);
  await verifyReceiptFile(bytes, {});
  const path = given['out'] ?? fileName;
  await writeFile(path, bytes, { flag: 'wx' });
  out(`the receipt of version ${seq} is ${path}; sunseal receipt verify checks it without the platform`);
  out(TIMESTAMP_LINES[timestamp]);
  if (!isComplete) out('the procedure asks for a time stamp: the receipt is complete only with it');
  return 0;
}
