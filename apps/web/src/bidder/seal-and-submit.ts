import { call } from '../api/call.js';
import { keep } from '../storage/kept.js';
import { saveFile } from '../ui/save-file.js';
import { type BidToSeal, sealBid } from './seal-bid.js';
import { commitToBid, sendBodies } from './submit-bid.js';

export type Step =
  | { readonly name: 'sealing' | 'sending'; readonly envelopeId: string; readonly done: number }
  | { readonly name: 'committing' }
  | { readonly name: 'done' };

/**
 * Seals, hands over the rescue keys, commits, and sends the bodies. With the promise the bid is in time; bodies that
 * are cut off are sent on later from this browser. The commitment is kept here before the first body goes.
 */
export async function sealAndSubmit(
  bid: Omit<BidToSeal, 'onProgress'> & { readonly onStep: (step: Step) => void },
): Promise<void> {
  const { tenderId, onStep } = bid;
  const sealed = await sealBid({
    ...bid,
    onProgress: (envelopeId, done) => onStep({ name: 'sealing', envelopeId, done }),
  });
  const rescue = sealed.envelopes.map(
    ({ envelopeId, rescueIdentity }) => `# ${envelopeId}\n${rescueIdentity}\n`,
  );
  saveFile(
    `sunseal-rescue-${tenderId.slice(0, 8)}-v${sealed.seq}.txt`,
    new TextEncoder().encode(rescue.join('')),
  );
  onStep({ name: 'committing' });
  const receipt = await commitToBid(sealed);
  await keep(`promise ${tenderId} ${sealed.seq}`, receipt);
  const own = await call('getOwnBid', { tenderId });
  const act = own.acts.find(({ seq }) => seq === sealed.seq)!;
  await sendBodies(tenderId, sealed.seq, act.bodies, (envelopeId, done) =>
    onStep({ name: 'sending', envelopeId, done }),
  );
  onStep({ name: 'done' });
}
