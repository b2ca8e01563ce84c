import { readOwnBid } from '../../client/own-bid.js';
import { out } from '../command.js';
import { connect, required } from '../connection.js';
import { type BidValues, single } from './bid-values.js';

export async function showBid(values: BidValues): Promise<number> {
  const given = single(values);
  const own = await readOwnBid(await connect(given), required(given, 'tender'));
  out(`the bid: ${own.status}${own.alias === null ? '' : `, opened as ${own.alias}`}`);
  for (const { seq, kind, receivedAt, acceptedAt, refusedCode, bodies } of own.acts) {
    const stored = bodies.filter(({ isStored }) => isStored).length;
    const bodyText = kind === 'seal' ? `\t${stored} of ${bodies.length} bodies` : '';
    const outcome = refusedCode ?? (acceptedAt === null ? 'waits' : `accepted ${acceptedAt}`);
    out(`${seq}\t${kind}\t${receivedAt}${bodyText}\t${outcome}`);
  }
  for (const { envelopeId, until, isReleased } of own.bidderKeys) {
    const what = isReleased ? 'released' : `to be released until ${until}: sunseal bid release DIR`;
    out(`key of the ${envelopeId} envelope\t${what}`);
  }
  return 0;
}
