import { asksBidderKey } from '#sealing';
import { sealIntoFolder } from '../../client/bid-folder.js';
import { readIdentity } from '../../client/identity-folder.js';
import { predecessorOf, readOwnBid } from '../../client/own-bid.js';
import { partFile } from '../../client/part-file.js';
import { out } from '../command.js';
import { connect, passphraseOf, required } from '../connection.js';
import { Progress } from '../progress.js';
import { type BidValues, descriptorOf, single, wallClock } from './bid-values.js';

export async function sealBid(values: BidValues): Promise<number> {
  const given = single(values);
  const tenderId = required(given, 'tender');
  const passphrase = await passphraseOf(given);
  const identity = await readIdentity(required(given, 'identity'), passphrase);
  const api = await connect(given);
  const descriptor = await descriptorOf(api, tenderId);
  const parts = Object.fromEntries(
    await Promise.all(
      descriptor.envelopes.map(async (envelopeId) => {
        const files = [values[envelopeId] ?? []].flat();
        if (files.length === 0)
          throw new Error(`--${envelopeId} is missing: name the files of that envelope`);
        return [envelopeId, await Promise.all(files.map(partFile))] as const;
      }),
    ),
  );
  const progress = new Progress('bytes sealed');
  const total = Object.values(parts)
    .flat()
    .reduce((sum, { size }) => sum + size, 0);
  const { seq, envelopes } = await sealIntoFolder(required(given, 'out'), {
    descriptor,
    identity,
    last: predecessorOf(await readOwnBid(api, tenderId)),
    parts,
    clientTime: wallClock(),
    passphrase,
    onProgress: (_envelopeId, bytes) => progress.show(Math.min(bytes, total), total),
  });
  progress.end();
  for (const { envelopeId, size, sha256 } of envelopes) out(`${envelopeId}\t${size} bytes\t${sha256}`);
  out(`version ${seq} is sealed in ${required(given, 'out')}; nothing was sent`);
  if (asksBidderKey(descriptor)) {
    out(
      'keep that folder: after the deadline this tender asks you to release the keys in it (sunseal bid release)',
    );
  }
  return 0;
}
