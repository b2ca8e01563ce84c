import { join } from 'node:path';
import { type BidRecord, readBidFolder } from '../../client/bid-folder.js';
import { claimOf } from '../../client/hand-over.js';
import { handToMailbox, MAILBOX_RECEIPT } from '../../client/hand-to-mailbox.js';
import { readOwnBid } from '../../client/own-bid.js';
import { commitToBid, NoPromise, sendBodies } from '../../client/submit-bid-folder.js';
import { out } from '../command.js';
import { prepareConnection } from '../connection.js';
import { Progress } from '../progress.js';
import { type BidValues, single } from './bid-values.js';

export async function submitBid(
  act: 'submit' | 'replace',
  folder: string | undefined,
  values: BidValues,
): Promise<number> {
  if (folder === undefined) throw new Error('name the folder that sunseal bid seal made');
  const given = single(values);
  const bid = await readBidFolder(folder);
  if ((act === 'replace') !== bid.seq > 1) {
    throw new Error(
      `${folder} holds version ${bid.seq}: use sunseal bid ${bid.seq > 1 ? 'replace' : 'submit'}`,
    );
  }
  const signIn = await prepareConnection(given);
  out('waiting for the platform’s promise, at most 10 s');
  try {
    const { api, receivedAt } = await commitToBid(signIn, bid, await claimOf(folder, bid));
    out(`the platform promises version ${bid.seq}, received at ${receivedAt}`);
    const progress = new Progress('bytes sent');
    await sendBodies(api, folder, bid, (_envelopeId, sent, of) => progress.show(sent, of));
    progress.end();
    const { status: now } = await readOwnBid(api, bid.tenderId);
    out(now === 'accepted' ? 'all bodies are stored: the bid is accepted' : `the bid is ${now}`);
    return now === 'accepted' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NoPromise)) throw error;
    out(`${error.message}; the bid may not be in`);
    await turnToMailbox(folder, bid, given);
    return 1;
  }
}

/** The manifests go to the mailbox once: its receipt stays in the folder, and proves when. */
async function turnToMailbox(
  folder: string,
  bid: BidRecord,
  { mailbox, 'mailbox-key': key = bid.mailboxKey }: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const again = 'Submit again as soon as the platform answers, also after the deadline';
  const file = join(folder, MAILBOX_RECEIPT);
  if ((await claimOf(folder, bid)) !== undefined) {
    out(`a mailbox has the manifests already; its receipt is ${file}. ${again}`);
  } else if (mailbox === undefined) {
    out('hand its manifests to the mailbox of a supervisor: --mailbox URL');
  } else {
    const at = await handToMailbox(mailbox, bid, file, key);
    out(`the mailbox has the manifests since ${at}; its receipt is ${file}. ${again}`);
  }
  if (bid.mailboxKey === undefined) {
    out(
      'this tender names no mailbox: such a receipt proves when, and the bid is in only if the platform takes it',
    );
  }
}
