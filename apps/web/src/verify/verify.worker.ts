import { isDomainError } from '#kernel';
import { BundleFault, LedgerFault, ReceiptFault, Unread } from '#verify';
import { isProblem } from '../api/problem.js';
import { browserReader } from './browser-reader.js';
import { verifyEntry } from './verify-entry.js';
import type { VerifyOrder, VerifyWord } from './verify-order.js';
import { verifyReceipt } from './verify-receipt.js';
import { verifyTender } from './verify-tender.js';

const say = (word: VerifyWord): void => globalThis.postMessage(word);

async function verify(order: VerifyOrder): Promise<void> {
  if (order.kind === 'tender') await verifyTender(browserReader, order, say);
  else if (order.kind === 'receipt') await verifyReceipt(browserReader, order, say);
  else await verifyEntry(browserReader, order, say);
}

/** A file that is not there may be withheld or lost on its way: it is told as what could not be read. */
const TRUNCATED = 'log.truncated';

function lastWord(error: unknown): VerifyWord {
  if (error instanceof Unread) return lastWord(error.cause);
  if (isProblem(error)) return { type: 'unread', code: error.code, message: error.detail };
  if (error instanceof BundleFault) {
    return { type: 'fault', file: error.file, reason: reasonOf(error), code: null };
  }
  if (error instanceof ReceiptFault) {
    return { type: 'fault', file: error.member ?? '', reason: error.reason, code: error.code };
  }
  if ((error instanceof LedgerFault || isDomainError(error)) && error.code !== TRUNCATED) {
    const file = error instanceof LedgerFault ? error.file : String(error.details['path'] ?? 'checkpoint');
    return { type: 'fault', file: `ledger/${file}`, reason: error.message, code: error.code };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { type: 'unread', code: isDomainError(error) ? error.code : 'internal.error', message };
}

/** A BundleFault's message names its file first, which is shown by itself. */
const reasonOf = ({ file, message }: BundleFault): string =>
  message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message;

globalThis.addEventListener('message', ({ data }: MessageEvent<VerifyOrder>) => {
  verify(data)
    .then(() => say({ type: 'ended' }))
    .catch((error: unknown) => say(lastWord(error)));
});
