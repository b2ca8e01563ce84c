import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64Url, fromUtf8 } from '#kernel';
import { type EnvelopeId, proveEntry, releaseBidderKey } from '#contracts';
import { bidderKeyRelease, type Manifest } from '#sealing';
import { readBidderKey, readBidFolder, type SealedFile } from '../../client/bid-folder.js';
import { readIdentity } from '../../client/identity-folder.js';
import { sign } from '../../client/identity.js';
import { readOwnBid } from '../../client/own-bid.js';
import { whenPossible } from '../../client/when-possible.js';
import { out } from '../command.js';
import { connect, passphraseOf, required } from '../connection.js';
import { type BidValues, single, wallClock } from './bid-values.js';

/**
 * Releases every key of the folder's bid that is awaited now, and waits until the ledger holds the commitment: from then
 * on nobody can say that it was not released.
 */
export async function releaseBid(folder: string | undefined, values: BidValues): Promise<number> {
  if (folder === undefined) throw new Error('name the folder that sunseal bid seal made');
  const given = single(values);
  const { tenderId, seq, envelopes } = await readBidFolder(folder);
  if (given['tender'] !== undefined && given['tender'] !== tenderId)
    throw new Error(`${folder} holds a bid for the tender ${tenderId}`);
  const passphrase = await passphraseOf(given);
  const identity = await readIdentity(required(given, 'identity'), passphrase);
  const api = await connect(given);
  const { acts, bidderKeys } = await readOwnBid(api, tenderId);
  const counted = acts.findLast(({ acceptedAt }) => acceptedAt !== null);
  if (counted?.seq !== seq) {
    throw new Error(`${folder} holds version ${seq}; the one that counts is ${counted?.seq ?? 'none'}`);
  }
  const awaited = bidderKeys.filter(({ isReleased }) => !isReleased);
  if (awaited.length === 0) out('no key of yours is awaited now');
  for (const { envelopeId } of awaited) {
    const own = envelopes.find((envelope) => envelope.envelopeId === envelopeId)!;
    const clientTime = wallClock();
    const key = await readBidderKey(folder, envelopeId, passphrase);
    const payload = bidderKeyRelease(manifestOf(own), { identity: key, clientTime });
    const release = await sign(identity, payload, 'sunseal-bidder-key');
    const body = { tenderId, envelopeId: envelopeId as EnvelopeId, release };
    const { releasedAt, reveal } = await api.call(releaseBidderKey, body);
    const file = join(folder, `${envelopeId}.released.json`);
    await writeFile(file, `${JSON.stringify(reveal, null, 2)}\n`);
    await whenPossible('the entry in a checkpoint', 'entry.unknown', () =>
      api.call(proveEntry, { leafSha256: reveal.sealed }),
    );
    out(`${envelopeId}\treleased ${releasedAt}; the ledger holds the commitment that ${file} opens`);
  }
  return 0;
}

const manifestOf = ({ jws }: SealedFile): Manifest =>
  JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest;
