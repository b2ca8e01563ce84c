import { join } from 'node:path';
import { joinTender } from '#contracts';
import { readBidFolder } from '../../client/bid-folder.js';
import { handToMailbox } from '../../client/hand-to-mailbox.js';
import { readOwnBid } from '../../client/own-bid.js';
import { commitToBid, NoPromise, sendBodies } from '../../client/submit-bid-folder.js';
import { out } from '../command.js';
import { connect } from '../connection.js';
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
  const api = await connect(given);
  const { tenderId } = bid;
  await api.call(joinTender, { tenderId });
  try {
    const known = (await readOwnBid(api, tenderId)).acts.find(({ seq }) => seq === bid.seq);
    const receivedAt = known?.receivedAt ?? (await commitToBid(api, bid)).receivedAt;
    out(`the platform promises version ${bid.seq}, received at ${receivedAt}`);
  } catch (error) {
    if (!(error instanceof NoPromise)) throw error;
    out(`${error.message}; the bid may not be in`);
    if (given['mailbox'] === undefined) {
      out('hand its manifests to the mailbox of a supervisor: --mailbox URL');
      return 1;
    }
    const file = join(folder, 'mailbox-receipt.json');
    const at = await handToMailbox(given['mailbox'], bid, file, given['mailbox-key']);
    out(`the mailbox has the manifests since ${at}; its receipt is ${file}. Submit again as soon as you can`);
    return 1;
  }
  const progress = new Progress('bytes sent');
  await sendBodies(api, folder, bid, (_envelopeId, sent, of) => progress.show(sent, of));
  progress.end();
  const { status: now } = await readOwnBid(api, tenderId);
  out(now === 'accepted' ? 'all bodies are stored: the bid is accepted' : `the bid is ${now}`);
  return now === 'accepted' ? 0 : 1;
}
