import { type AnswerOf, call } from '../api/call.js';
import type { SealedVersion } from './seal-bid.js';
import { readSealed, removeSealed, sealedName } from './sealed-files.js';
import { sendBody } from './send-body.js';

/** How long a bidder waits for the platform's promise before being told to turn to the mailbox. */
const PROMISE_WITHIN_MS = 10_000;

/** The platform gave no promise in time. Whether it has the bid is unknown. */
export class NoPromise extends Error {}

/** Commits to the bid: with the promise it is in time. Throws {@link NoPromise}, and what the platform refuses with. */
export async function commitToBid({ tenderId, envelopes }: SealedVersion): Promise<AnswerOf<'submitBid'>> {
  const tooLong = AbortSignal.timeout(PROMISE_WITHIN_MS);
  try {
    return await call(
      'submitBid',
      { tenderId, manifests: envelopes.map(({ jws }) => jws) },
      { signal: tooLong },
    );
  } catch (error) {
    if (tooLong.aborted) throw new NoPromise('no promise within ten seconds', { cause: error });
    throw error;
  }
}

/** Sends the bodies that the platform does not have, and lets go of those that it has. */
export async function sendBodies(
  tenderId: string,
  seq: number,
  bodies: AnswerOf<'getOwnBid'>['acts'][number]['bodies'],
  onProgress: (envelopeId: string, done: number) => void,
): Promise<void> {
  for (const { envelopeId, sha256, isStored } of bodies) {
    const name = sealedName(tenderId, seq, envelopeId);
    if (!isStored) {
      const file = await readSealed(name);
      if (!file) throw new Error(`the sealed ${envelopeId} envelope is not in this browser any more`);
      await sendBody({ tenderId, sha256, file, onProgress: (done) => onProgress(envelopeId, done) });
    }
    await removeSealed(name);
  }
}
