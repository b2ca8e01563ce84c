import { type AnswerOf, call, type InputOf } from '../api/call.js';
import type { EnvelopeId } from '#contracts';
import type { OpeningStep, VerifiedOpening } from './opening-order.js';

/** As `OPENING_LIMITS.sharesMax` of the contracts, which a page does not load. */
const SHARES_MAX = 200;

/** In batches: they count once there is one for every envelope, and a batch may be given again. */
export async function giveShares(
  tenderId: string,
  envelopeId: EnvelopeId,
  shares: VerifiedOpening['shares'],
  onStep: (step: OpeningStep) => void,
): Promise<AnswerOf<'submitShares'>> {
  for (let at = 0; ; at += SHARES_MAX) {
    onStep({ name: 'giving', done: at, of: shares.length });
    const batch = shares.slice(at, at + SHARES_MAX) as unknown as InputOf<'submitShares'>['shares'];
    const progress = await call('submitShares', { tenderId, envelopeId, shares: batch });
    if (at + SHARES_MAX >= shares.length) return progress;
  }
}
