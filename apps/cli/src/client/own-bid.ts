import { getOwnBid, type ResponseOf } from '#contracts';
import type { ApiClient } from './api-client.js';
import type { Predecessor } from './bid-folder.js';

export type OwnBid = ResponseOf<typeof getOwnBid>;

export const readOwnBid = (api: ApiClient, tenderId: string): Promise<OwnBid> =>
  api.call(getOwnBid, { tenderId });

/** What the next act of this bidder has to name. A platform that tells it wrongly only has the act refused. */
export function predecessorOf({ acts }: OwnBid): Predecessor {
  const last = acts.at(-1);
  if (!last) return { seq: 0, digestOf: () => null };
  const byEnvelope = new Map(last.bodies.map(({ envelopeId }, at) => [envelopeId, last.manifestSha256[at]!]));
  return {
    seq: last.seq,
    digestOf: (envelopeId) => byEnvelope.get(envelopeId) ?? last.manifestSha256[0]!,
  };
}
